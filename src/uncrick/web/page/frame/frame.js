/** What every page of the frame needs a script for: colours as the person chose them. */

import { Settings } from "../settings.js";
import { keepTheme } from "../theme.js";

keepTheme(new Settings());
document.body.dataset.ready = "yes";
