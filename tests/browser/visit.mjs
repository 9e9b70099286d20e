// Opens a page in headless Chromium and prints what a reader would meet, as one JSON document.
//
//   node visit.mjs PAGE [FOLDER]     FOLDER: pictures and a print are put there
//
// CHROMIUM names the browser, /usr/bin/chromium if it doesn't.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page_file, folder] = process.argv.slice(2);
const address = pathToFileURL(resolve(page_file)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MANY = 20; // boards, more than axe-core would have judged in a minute
const WIDTHS = { desktop: [1280, 900], phone: [390, 844] };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const findings = { console: [], requests: [], views: {}, load: {}, search: null, keys: null };

async function open(width, options) {
  const [across, down] = WIDTHS[width];
  const context = await browser.newContext({
    viewport: { width: across, height: down }, offline: true, bypassCSP: options?.bypass ?? false,
    javaScriptEnabled: options?.script ?? true, colorScheme: options?.scheme ?? 'light', reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20000);
  const page = await context.newPage();
  page.on('console', (message) => findings.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => findings.console.push(`error: ${error.message}`));
  page.on('request', (request) => { if (request.url().split('#')[0] !== address) findings.requests.push(request.url()); });
  const begun = Date.now();
  await page.goto(address);
  if (options?.script !== false) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  findings.load[`${width} ${options?.scheme ?? ''}${options?.script === false ? 'no script' : ''}`.trim()] = Date.now() - begun;
  return page;
}

const picture = async (page, name, whole) => {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: whole ?? false });
};

// Each view by width and scheme: does it fit, and what does axe-core say?
for (const [width, scheme] of [['desktop', 'light'], ['phone', 'light'], ['desktop', 'dark']]) {
  const page = await open(width, { bypass: true, scheme });
  await page.evaluate(axe);
  const views = await page.$$eval('nav a', (links) => links.map((link) => link.hash.slice(1)));
  const board = await page.$$eval('.board', (boards) => boards.map((one) => one.id));
  for (const view of [...views, ...board.slice(-1)].concat(views.length ? [] : [''])) {
    await page.evaluate((hash) => { location.hash = hash; }, view);
    await page.waitForTimeout(50);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const found = view === 'all' && board.length > MANY ? [] : await page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations.map((one) => ({ id: one.id, impact: one.impact, node: one.nodes[0].html.slice(0, 300), why: one.nodes[0].failureSummary, count: one.nodes.length }));
    });
    findings.views[`${width} ${scheme} ${view}`] = { overflow, axe: found };
    await picture(page, `${width}-${scheme}-${view || 'own'}`, false);
  }
  await page.context().close();
}

// The search keeps what fits; the keyboard reaches the roster and a board.
const page = await open('desktop');
if (await page.$('#q')) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.className);
  await page.keyboard.press('Enter');
  const after = await page.evaluate(() => document.activeElement.id);
  await page.goto(`${address}#participants`);
  const wanted = await page.$eval('#participants .board:last-of-type', (one) => [one.id, one.querySelector('h3').firstChild.data.trim()]);
  const visible = () => page.$$eval('#participants .board', (boards) => boards.filter((one) => one.checkVisibility()).map((one) => one.id));
  const before = (await visible()).length;
  const begun = Date.now();
  await page.fill('#q', wanted[1]);
  await page.locator('#found:not(:empty)').waitFor();
  findings.search = { before, wanted: wanted[0], left: await visible(), milliseconds: Date.now() - begun };
  await page.press('#q', 'Enter');
  await page.waitForTimeout(50);
  findings.keys = { first, after, hash: (await page.evaluate(() => location.hash)), focus: await page.evaluate(() => document.activeElement.tagName) };
  await picture(page, 'found');
}
await page.context().close();

const still = await open('desktop', { script: false });
findings.without_script = await still.locator('main > section:visible, main.own:visible').count();
await still.context().close();

// What is printed of a view, and what of one board: pages, and the highest part that no page may cut.
findings.prints = {};
const printed = await open('desktop');
const one = await printed.$$eval('.board', (boards) => boards.slice(-1).map((last) => last.id));
for (const view of ['', ...one]) {
  await printed.evaluate((hash) => { location.hash = hash; }, view);
  const pdf = await printed.pdf({ preferCSSPageSize: true });
  if (folder && !view) writeFileSync(`${folder}/print.pdf`, pdf);
  await printed.emulateMedia({ media: 'print' });
  const seen = await printed.evaluate(() => ({
    links: [...document.querySelectorAll('.bar, .back, .index')].filter((part) => part.checkVisibility()).length,
    piece: Math.max(0, ...[...document.querySelectorAll('.piece')].map((part) => part.getBoundingClientRect().height)),
  }));
  await printed.emulateMedia({ media: null });
  findings.prints[view || 'first'] = { pages: pdf.toString('latin1').match(/\/Type \/Page\b/g).length, ...seen };
}
await printed.context().close();
await browser.close();
console.log(JSON.stringify(findings, null, 1));
