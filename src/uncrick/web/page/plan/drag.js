/** Dragging: an exercise of the library into the plan, or one of the plan to another place. Keys and buttons do the same. */

export class Dragging {
  /**
   * @param {HTMLElement} rows
   * @param {HTMLElement} choices
   * @param {(does: string) => Promise<void>} send
   */
  constructor(rows, choices, send) {
    this.rows = rows;
    this.choices = choices;
    this.send = send;
    /** @type {HTMLElement | null} */
    this.dragged = null;
  }

  keep() {
    for (const list of [this.rows, this.choices]) {
      list.addEventListener("dragstart", (event) => this.start(event));
      list.addEventListener("dragend", () => this.end());
    }
    this.rows.addEventListener("dragover", (event) => this.over(event));
    this.rows.addEventListener("drop", (event) => this.drop(event));
    const empty = document.querySelector(".empty");
    empty?.addEventListener("dragover", (event) => event.preventDefault());
    empty?.addEventListener("drop", (event) => this.drop(/** @type {DragEvent} */ (event)));
  }

  /** @param {DragEvent} event */
  start(event) {
    const item = event.target instanceof HTMLElement ? event.target.closest("[draggable]") : null;
    if (!(item instanceof HTMLElement)) return;
    if (event.target instanceof HTMLInputElement) return event.preventDefault();
    this.dragged = item;
    item.classList.add("is-moving");
    this.rows.classList.add("is-over");
    event.dataTransfer?.setData("text/plain", item.dataset.id ?? item.dataset.key ?? "");
  }

  /** @param {DragEvent} event */
  over(event) {
    if (this.dragged === null) return;
    event.preventDefault();
    const at = this.at(event);
    for (const row of this.rows.children) row.classList.toggle("is-over", row === at);
    if (this.dragged.classList.contains("asked") && at && at !== this.dragged) {
      const box = at.getBoundingClientRect();
      at[event.clientY > box.top + box.height / 2 ? "after" : "before"](this.dragged);
    }
  }

  /** @param {DragEvent} event */
  async drop(event) {
    const item = this.dragged;
    if (item === null) return;
    event.preventDefault();
    const before = this.at(event);
    this.end();
    if (item.classList.contains("asked")) {
      await this.send("check");
      return;
    }
    await this.send(`add:${item.dataset.id}`);
    const added = this.rows.lastElementChild;
    const place = before?.id ? document.getElementById(before.id) : null;
    if (added && place && place !== added) {
      place.before(added);
      await this.send("check");
    }
  }

  end() {
    this.dragged?.classList.remove("is-moving");
    this.dragged = null;
    this.rows.classList.remove("is-over");
    for (const row of this.rows.children) row.classList.remove("is-over");
  }

  /** @param {DragEvent} event */
  at(event) {
    const row = event.target instanceof HTMLElement ? event.target.closest(".asked") : null;
    return row instanceof HTMLElement ? row : null;
  }
}
