// The texts of a page that are hard to read against what is behind them: "ratio text". Of an element, that is the next
// background around it; of a label in a drawing, the rectangle that it stands on.
(() => {
  const parse = color => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => { const [a, b] = [luminance(one), luminance(other)].sort((p, q) => q - p); return (a + 0.05) / (b + 0.05); };
  const backgroundOf = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.a > 0) return color;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const looked = [], bad = [];
  for (const element of document.querySelectorAll('body *')) {
    if (['SCRIPT', 'title'].includes(element.tagName) || element.getClientRects().length === 0) continue;
    const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join('').trim();
    if (!text) continue;
    const style = getComputedStyle(element);
    const isLabel = element.tagName === 'text';
    const under = isLabel ? element.parentElement.querySelector(':scope > rect') : null;
    const value = ratio(parse(isLabel ? style.fill : style.color), under ? parse(getComputedStyle(under).fill) : backgroundOf(element));
    looked.push(text);
    if (value < 4.5) bad.push(`${value.toFixed(2)} ${text}`);
  }
  return { looked: looked.length, bad };
})()
