/* Searches the headlines month by month, latest first. On the page for missing addresses, finds the
   nearest days with articles. */
"use strict";
window.newsarchive = {};
{
  const language = document.documentElement.lang;
  // Accents and punctuation are ignored. Marks of other scripts stay: they make different letters.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .toLowerCase().replace(/[\u0027\u2018\u2019\u02bc]/g, "").replace(/ß/g, "ss").replace(/[^\p{L}\p{M}\p{N}+#]+/gu, " ");
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const shown = (iso) => new Date(`${iso.padEnd(10, "-01")}T00:00Z`).toLocaleDateString(language, {
    calendar: "gregory", timeZone: "UTC", year: "numeric", month: "long",
    ...(iso.length > 7 && { day: "numeric" }),
  });
  // A file calls the function of its kind, which belongs to one load: files load one after another.
  const load = (source, kind) => new Promise((resolve, reject) => {
    newsarchive[kind] = resolve;
    const script = make("script", { src: source, onerror: reject });
    script.onload = () => script.remove();
    document.head.append(script);
  });
  const known = {};
  let last = Promise.resolve();
  const once = (source, kind) => (known[source] ??= last = last.catch(() => {}).then(() => load(source, kind)));

  const nearest = async (box) => {
    const asked = /(\d{4})\/(\d\d)(?:\/(\d\d))?(?=\/|$)/.exec(location.pathname);
    if (!asked) return;
    const [years] = await once(`${box.dataset.top}days.js`, "days");
    const days = Object.entries(years).flatMap(([year, text]) =>
      text.match(/.{4}/g).map((day) => year + day)).sort();
    const wanted = asked[1] + asked[2] + (asked[3] ?? "00");
    const ways = [
      ["before", days.findLast((day) => day < wanted)],
      ["at", days.find((day) => day === wanted)],
      ["after", days.find((day) => day > wanted)],
    ];
    const lines = ways.filter(([, day]) => day).map(([way, day]) => {
      const parts = [day.slice(0, 4), day.slice(4, 6), day.slice(6)];
      const line = make("li");
      line.append(make("a", {
        href: `${box.dataset.top}${parts.join("/")}/index.html`,
        textContent: box.dataset[way].replace("{day}", shown(parts.join("-"))),
      }));
      return line;
    });
    box.prepend(...lines);
  };

  const search = (box) => {
    const [field, status, list, button] =
      ["input", "[role=status]", "ol", "button"].map((part) => box.querySelector(part));
    let turn = 0;
    const files = async () => {
      const [years, parts] = await once(`${box.dataset.top}days.js`, "days");
      const months = Object.entries(years).flatMap(([year, text]) =>
        [...new Set(text.match(/.{4}/g).map((day) => `${year}/${day.slice(0, 2)}/`))]);
      const undated = Array.from({ length: parts }, (_, part) =>
        part ? `undated/headlines-${part + 1}.js` : "undated/headlines.js");
      return [...months.sort().reverse().map((month) => `${month}headlines.js`), ...undated.reverse()];
    };
    const run = async (from, found) => {
      const mine = ++turn;
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      button.disabled = true;
      if (!from) button.hidden = true;
      if (!from) list.replaceChildren();
      status.textContent = words.length ? box.dataset.busy : "";
      if (!words.length) return;
      const all = await files();
      let at = from;
      const enough = found + 20;
      for (; at < Math.min(all.length, from + 240) && found < enough; at++) {
        const [folder, articles] = await once(box.dataset.top + all[at], "headlines")
          .catch(() => ["", []]);
        if (mine !== turn) return;
        for (const [address, headline] of articles.toReversed()) {
          const text = plain(headline);
          if (!words.every((word) => text.includes(word))) continue;
          const line = make("li", { dir: "auto" });
          line.append(make("a", { href: box.dataset.top + folder + address, textContent: headline }));
          const day = (folder + address).match(/^\d{4}\/\d\d\/\d\d/);
          if (day) {
            const iso = day[0].replaceAll("/", "-");
            line.append(make("time", { dateTime: iso, textContent: shown(iso) }));
          }
          list.append(line);
          found++;
        }
      }
      const { one, some, none, more } = box.dataset;
      const count = (found === 1 ? one : some).replace("{number}", found.toLocaleString(language));
      status.textContent = found ? count : none;
      button.disabled = false;
      button.hidden = at >= all.length;
      if (at < all.length) {
        const month = /^\d{4}\/\d\d/.exec(all[at - 1]);
        if (month) status.textContent += ` · ${more.replace("{month}", shown(month[0].replace("/", "-")))}`;
        button.onclick = () => run(at, found);
      }
    };
    let waiting;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(run, 150, 0, 0);
    });
    box.hidden = false;
    // A missing address may have the words of the headline of an article that moved.
    if (document.querySelector("[data-nearest]")) {
      const name = location.pathname.split("/").pop().replace(/\.html$/, "");
      try {
        const words = decodeURIComponent(name).split("-").filter((word) => !/^(\d*|..?|index)$/.test(word));
        field.value = words.join(" ");
      } catch {
        // An address with an invalid % sequence has no words to search for.
      }
    }
    if (field.value) run(0, 0);
  };

  document.querySelectorAll("[data-nearest]").forEach(nearest);
  document.querySelectorAll("[data-search]").forEach(search);
}
