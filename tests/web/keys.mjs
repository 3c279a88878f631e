// keys.mjs: a person without a mouse. Tab goes from one control to the next; each must be seen to
// have the focus.
export async function tabTo(page, selector, most = 120) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const { found, seen } = await page.evaluate((wanted) => {
      const at = document.activeElement, style = getComputedStyle(at);
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      // The browser itself marks the parts of a date; of the last one it tells nothing here.
      const seen = at === document.body || ring || at.type === 'date';
      return { found: at.matches(wanted), seen };
    }, selector);
    if (!seen) {
      throw new Error(`focus cannot be seen on ${await page.evaluate(() =>
        document.activeElement.outerHTML.slice(0, 200))}`);
    }
    if (found) return;
  }
  throw new Error(`no way by Tab to ${selector} on ${page.url()}`);
}
