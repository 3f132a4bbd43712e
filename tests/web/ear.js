/** An ear in place of the machine's voice: heard has every sentence that was begun, and whether it was cut off. */
(() => {
  const MS_A_WORD = 15;
  const voice = { localService: true, lang: "en-GB", default: true, name: "an ear" };
  let queue = [];
  let present = null;
  window.heard = [];
  const begin = () => {
    present = queue.shift() ?? null;
    if (present === null) return;
    const said = present;
    said.row = { text: said.text, rate: said.rate, cut: false };
    window.heard.push(said.row);
    said.timer = setTimeout(() => {
      present = null;
      said.onend?.(new Event("end"));
      if (present === null) begin();
    }, said.text.split(/\s+/).length * MS_A_WORD);
  };
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", {
    value: {
      getVoices: () => [voice],
      speak(said) {
        queue.push(said);
        if (present === null) begin();
      },
      cancel() {
        queue = [];
        const was = present;
        present = null;
        if (was === null) return;
        clearTimeout(was.timer);
        was.row.cut = true;
        was.onerror?.(new Event("error"));
      },
    },
  });
})();
