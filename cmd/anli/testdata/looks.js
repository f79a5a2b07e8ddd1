// Run by looks_test.go in the page that holds every letter in two frames.
"use strict";

// least contrast of text and ground, as WCAG 2.1 (1.4.3) asks for.
const least = 4.5;

// channels of a computed colour: "rgb(1, 2, 3)" or "rgba(1, 2, 3, 0.5)".
function channels(colour) {
  const c = colour.match(/[\d.]+/g).map(Number);
  return { rgb: c.slice(0, 3), alpha: c.length > 3 ? c[3] : 1 };
}

// luminance as WCAG 2.1 defines it.
function luminance(rgb) {
  const [r, g, b] = rgb.map(v => {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// ground is the colour behind an element.
function ground(view, element) {
  for (let e = element; e; e = e.parentElement) {
    const c = channels(view.getComputedStyle(e).backgroundColor);
    if (c.alpha > 0.99) return c.rgb;
  }
  return view.matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
}

function complaints(frame) {
  const doc = frame.contentDocument, view = frame.contentWindow, width = frame.width;
  const out = new Set();
  const say = text => out.add(`${frame.title} at ${width} px: ${text}`);
  if (!doc.body || !doc.body.innerText.trim()) say("nothing is shown");
  if (doc.documentElement.scrollWidth > width) say(`${doc.documentElement.scrollWidth} px wide`);
  if (doc.scripts.length) say("it has a script");
  for (const e of doc.querySelectorAll("[src],link[href],[background]")) say(`it fetches something: ${e.outerHTML.slice(0, 80)}`);
  const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), e = texts.currentNode.parentElement;
    if (!text || e.closest("style,script") || !e.offsetParent && e !== doc.body) continue; // not shown
    const range = doc.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = range.getBoundingClientRect();
    if (!box.width || view.getComputedStyle(e).fontSize === "0px") continue;
    if (box.right > Number(width) + 1 || box.left < -1) say(`it stands outside: ${text.slice(0, 30)}`);
    const ratio = contrast(channels(view.getComputedStyle(e).color).rgb, ground(view, e));
    if (ratio < least) say(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 30)}`);
  }
  return [...out];
}

addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  const dark = frames[0].contentWindow.matchMedia("(prefers-color-scheme: dark)").matches;
  const list = frames.flatMap(complaints);
  document.getElementById("out").textContent = `measured ${frames.length} ${dark ? "dark" : "light"}\n${list.join("\n")}`;
  for (const f of frames) f.remove(); // the dump need not hold them
});
