// What GridBench measures in the page. Times are milliseconds from the user's action to the end of the frame that shows its effect.
window.tidepoolBench = {
  frame: () => new Promise(requestAnimationFrame),

  inside(list, elements) {
    const box = list.getBoundingClientRect();
    return [...elements].filter(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
  },

  async switchTo(id) {
    const select = document.querySelector('[data-testid="tidepool-profile-select"]');
    const grid = document.querySelector('[data-testid="tidepool-pool-grid"]');
    const list = grid.querySelector("[role=listbox]");
    const begin = performance.now();
    select.value = id;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    let cells = 0;
    for (;;) {
      await this.frame();
      const slots = this.inside(list, grid.querySelectorAll('[data-testid="tidepool-pool-slot"]'));
      if (grid.dataset.poolId !== id || grid.dataset.state !== "ready" || slots.length === 0) continue;
      cells ||= performance.now() - begin;
      if (slots.every(slot => slot.dataset.picture)) return { cells, pictures: performance.now() - begin };
    }
  },

  async plain(id, names, limit) {
    const place = document.querySelector('[data-testid="tidepool-pool-grid"] [role=listbox]').getBoundingClientRect();
    const list = document.createElement("div");
    list.id = "plain-grid";
    list.style.cssText = `position: fixed; z-index: 9999; overflow: auto; background: #222; display: grid;
      grid-template-columns: repeat(auto-fill, 96px); grid-auto-rows: 110px; gap: 6px;
      left: ${place.left}px; top: ${place.top}px; width: ${place.width}px; height: ${place.height}px`;
    const begin = performance.now();
    for (const name of names) {
      const image = document.createElement("img");
      image.loading = "lazy";
      image.style.cssText = "width: 96px; height: 96px; object-fit: contain";
      image.src = `/api/grid_pool/pools/${id}/thumbnail?name=${encodeURIComponent(name)}&size=128&rev=plain`;
      list.append(image);
    }
    document.body.append(list);
    for (;;) {
      await this.frame();
      const shown = this.inside(list, list.children);
      const time = performance.now() - begin;
      if (time > limit || shown.every(image => image.complete && image.naturalWidth > 0)) return { pictures: time };
    }
  },

  async scroll(css, milliseconds, step) {
    const list = document.querySelector(css);
    list.scrollTop = 0;
    await this.frame();
    const begin = await this.frame();
    const gaps = [];
    let before = begin;
    let direction = step;
    while (before - begin < milliseconds) {
      list.scrollTop += direction;
      if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) direction = -step;
      const now = await this.frame();
      gaps.push(now - before);
      before = now;
    }
    gaps.sort((a, b) => a - b);
    return {
      fps: (gaps.length * 1000) / (before - begin),
      slow: gaps[Math.floor(gaps.length * 0.95)],
      slowest: gaps[gaps.length - 1],
    };
  },
};
