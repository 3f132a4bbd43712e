/** The voice's manners: one sentence at a time, one waiting, safety first, silence when it is shut. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** The machine's voice stands here as a list: what was begun, what was cut off, and a way to end the present sentence. */
let begun, cut, present;
const LOCAL = { localService: true, lang: "en-GB", default: true };
let voices = [LOCAL];

class Utterance {
  constructor(text) {
    this.text = text;
  }
}

globalThis.SpeechSynthesisUtterance = Utterance;
globalThis.document = Object.assign(new EventTarget(), { documentElement: { lang: "en" } });
globalThis.speechSynthesis = {
  getVoices: () => voices,
  speak(said) {
    begun.push(said.text);
    present = said;
  },
  cancel() {
    if (present) cut.push(present.text);
    const over = present;
    present = null;
    over?.onerror?.();
  },
};

const { Voice } = await import("../../src/uncrick/web/page/speak.js");

/** @param {Partial<{voice: number, mute: boolean}>} [values] */
function voiceWith(values = {}) {
  return new Voice({ values: { voice: 90, mute: false, ...values } });
}

function end() {
  const over = present;
  present = null;
  over.onend();
}

beforeEach(() => {
  begun = [];
  cut = [];
  present = null;
  voices = [LOCAL];
});

test("a sentence that is being said is not cut off by a lesser one", () => {
  const voice = voiceWith();
  voice.say({ text: "hold", rank: "information" });
  voice.say({ text: "slower", rank: "correct" });
  assert.deepEqual([begun, cut], [["hold"], []]);
  end();
  assert.deepEqual(begun, ["hold", "slower"]);
});

test("only one sentence waits, and it is the weightier", () => {
  const voice = voiceWith();
  voice.say({ text: "now", rank: "information" });
  voice.say({ text: "cannot see", rank: "unseen" });
  voice.say({ text: "well done", rank: "praise" });
  end();
  end();
  assert.deepEqual(begun, ["now", "cannot see"]);
});

test("of two alike the newer waits", () => {
  const voice = voiceWith();
  voice.say({ text: "now", rank: "information" });
  voice.say({ text: "first", rank: "correct" });
  voice.say({ text: "second", rank: "correct" });
  end();
  assert.deepEqual(begun, ["now", "second"]);
});

test("safety cuts in, and what waited is forgotten", () => {
  const voice = voiceWith();
  voice.say({ text: "hold", rank: "information" });
  voice.say({ text: "slower", rank: "correct" });
  voice.say({ text: "stop", rank: "safety" });
  assert.deepEqual([begun, cut], [["hold", "stop"], ["hold"]]);
  end();
  assert.deepEqual(begun, ["hold", "stop"]);
});

test("shut, it says nothing but what is said for safety", () => {
  const voice = voiceWith();
  voice.say({ text: "hold", rank: "information" });
  voice.shut();
  voice.say({ text: "slower", rank: "correct" });
  voice.say({ text: "rest", rank: "safety" });
  assert.deepEqual([begun, cut], [["hold", "rest"], ["hold"]]);
  voice.open();
  end();
  voice.say({ text: "next", rank: "information" });
  assert.equal(begun.at(-1), "next");
});

test("muted, or at volume nought, it is silent but the sentence is still told to the page", () => {
  const told = [];
  document.addEventListener("spoken", (event) => told.push(event.detail.text));
  voiceWith({ mute: true }).say({ text: "muted", rank: "information" });
  voiceWith({ voice: 0 }).say({ text: "nought", rank: "safety" });
  assert.deepEqual([begun, told], [[], ["muted", "nought"]]);
});

test("a voice that needs the network is never used", () => {
  voices = [{ localService: false, lang: "en-US", default: true }];
  voiceWith().say({ text: "hold", rank: "information" });
  assert.deepEqual(begun, []);
  voices.push(LOCAL);
  voiceWith().say({ text: "hold", rank: "information" });
  assert.deepEqual(begun, ["hold"]);
});

test("a question is read piece by piece in place of what is said, and what is said for safety ends it", () => {
  const voice = voiceWith();
  voice.say({ text: "hold", rank: "information" });
  voice.shut();
  voice.read(["where?", "1: neck", "2: back"]);
  voice.say({ text: "slower", rank: "correct" });
  end();
  voice.say({ text: "stop", rank: "safety" });
  end();
  assert.deepEqual([begun, cut], [["hold", "where?", "1: neck", "stop"], ["hold", "1: neck"]]);
});

test("what waited while a question was read is said when the reading ends", () => {
  const voice = voiceWith();
  voice.read(["where?", "1: neck"]);
  voice.say({ text: "get ready", rank: "information" });
  voice.readNoMore();
  assert.deepEqual([begun, cut], [["where?", "get ready"], ["where?"]]);
});

test("shutting the voice again does not cut off the question that is read", () => {
  const voice = voiceWith();
  voice.shut();
  voice.read(["where?"]);
  voice.shut();
  assert.deepEqual(cut, []);
});
