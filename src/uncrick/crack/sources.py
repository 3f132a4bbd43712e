"""Where the facts about cracking joints come from, and how sure we are of having read them right."""

from typing import Final

SOURCES: Final = {
    "batchelor1967": ("Batchelor, An Introduction to Fluid Dynamics, 1967: flow between plates", "textbook"),
    "bialosky2010": ("Bialosky et al. 2010, PMC2837475: less pain with or without an audible pop", "verified"),
    "blake1949": ("Blake 1949: threshold of growth of a gas nucleus", "textbook"),
    "brennen1995": ("Brennen, Cavitation and Bubble Dynamics, 1995", "textbook"),
    "brodeur1995": ("Brodeur 1995, review: gas in a cracked joint about 80 % CO2, 15 % of its volume", "verified"),
    "chandran2018": (
        "Chandran Suja & Barakat 2018, Sci Rep 8:4600: a partial collapse is enough (abstract)",
        "verified",
    ),
    "cramer2011": ("Cramer et al. 2011: 96.7 % of lumbar thrusts cavitate, 30 % of positionings", "verified"),
    "cramer2012": ("Cramer et al. 2012: facet gaps on MRI, 0.75 mm thrust, 0.52 mm positioning", "verified"),
    "crc_handbook": ("CRC Handbook of Chemistry and Physics: water vapour, air, sound speeds", "textbook"),
    "degennes2004": ("de Gennes, Brochard-Wyart, Quere, Capillarity and Wetting Phenomena, 2004", "textbook"),
    "denner2023": ("APECSS 1.8, a published C solver: reference curve at tolerance 1e-13", "computed"),
    "dormand1980": ("Dormand & Prince 1980: the 5(4) pair", "textbook"),
    "dunning2013": (
        "Dunning et al. 2013, BMC Musculoskelet Disord 14:24: one neck pop 5.66 ms, thrust 97 ms",
        "verified",
    ),
    "epstein1950": ("Epstein & Plesset 1950: a dissolving gas bubble", "textbook"),
    "hairer1993": ("Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993", "textbook"),
    "hairer1996": ("Hairer, Wanner, Solving Ordinary Differential Equations II, 1996", "textbook"),
    "jones2014": ("Jones et al. 2014: gas in 66.7 % of thumb-base joints at 20 min", "verified"),
    "kawchuk2015": ("Kawchuk et al. 2015, PLoS ONE 10:e0119470: the cavity forms within 310 ms and stays", "verified"),
    "keller1980": ("Keller & Miksis 1980: a driven bubble in a compressible liquid", "textbook"),
    "minnaert1933": ("Minnaert 1933: the pitch of a bubble", "textbook"),
    "mourad2019": ("Mourad et al. 2019: 5.27 pops per lumbar thrust, thrust 139 ms", "verified"),
    "mow1980": ("Mow et al. 1980: modulus of cartilage", "memory"),
    "rayleigh1896": ("Rayleigh, The Theory of Sound, 1896: the surface integral", "textbook"),
    "rayleigh1917": ("Rayleigh 1917: collapse of an empty cavity", "textbook"),
    "reggars1996": ("Reggars 1996, PMC2050616: neck cracks peak at 86-1830 Hz at the skin", "verified"),
    "roberts2018": ("Roberts 2018: additive sequences in any number of dimensions", "textbook"),
    "sander2015": ("Sander 2015: Henry's law constants", "memory"),
    "stefan1874": ("Stefan 1874: force between plates drawn apart in a liquid", "textbook"),
    "toegel2000": ("Toegel et al. 2000: heat and vapour through thin layers of a bubble", "memory"),
    "unsworth1971": ("Unsworth et al. 1971: a knuckle rests about 20 min (abstract)", "verified"),
    "identity": ("follows from the equations themselves", "computed"),
}
"""Key -> (what it is, how sure: verified in the source, a textbook's law, computed, or from memory and unchecked)."""
