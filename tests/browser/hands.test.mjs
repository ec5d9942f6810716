// What a reader's hands do: keys, fingers, and the settings of their system.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startBoth, startBrowser } from "./support.mjs";

const { server, browser } = await startBoth({ server: ["--replay", "tests/data/failed-run.json"] });

const kFailedRun = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0";
const kTarget = 40; // CSS pixels that a finger needs

const selected = (viewer, name) => viewer.until(
  (viewer, name) => viewer.tree().some((node) => node.role === "option" && node.name === name && node.states.includes("selected")),
  name, `'${name}' to be selected`);
const gone = (viewer, role) => viewer.until(
  (viewer, role) => viewer.tree().every((node) => node.role !== role), role, `no ${role} on screen`);

test("f leads to the failed step, ? shows the shortcuts, Escape takes them away", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.page.keyboard.press("f");
  await selected(viewer, "Enrich journalists");
  await viewer.page.keyboard.press("Home");
  await selected(viewer, "Load dataset");
  await viewer.page.keyboard.type("?");
  await viewer.find("dialog", "Keyboard shortcuts");
  await viewer.page.keyboard.press("f"); // nothing below reacts
  await viewer.page.keyboard.press("Escape");
  await gone(viewer, "dialog");
  await selected(viewer, "Load dataset");
  await viewer.page.close();
});

test("keys that the viewer has no use for are the browser's", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.page.evaluate(() => {
    window.__taken = {};
    window.addEventListener("keydown", (event) => {
      if (event.key !== "Control")
        window.__taken[(event.ctrlKey ? "Control+" : "") + event.key] = event.defaultPrevented;
      event.preventDefault(); // what the browser would do with it does not matter here
    });
  });
  const taken = { f: true, ArrowDown: true, "/": true, "Control+f": false, "Control+r": false, g: false, "'": false, F5: false };
  for (const key of ["f", "ArrowDown", "Control+f", "Control+r", "g", "'", "F5", "/"])
    await viewer.page.keyboard.press(key);
  assert.deepEqual(await viewer.page.evaluate(() => window.__taken), taken);
  await viewer.page.close();
});

test("what is searched for is in the address, and a link to it shows the same", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.page.keyboard.press("/");
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "searchbox" && node.states.includes("focused")), null, "the search to be entered");
  await viewer.page.keyboard.type("enrich");
  await viewer.until((viewer) => location.search.includes("q=enrich"), null, "the search in the address");
  await viewer.until((viewer) => viewer.tree().filter((node) => node.role === "option").length < 4, null, "fewer steps");
  const shown = async (viewer) => (await viewer.tree()).filter((node) => node.role === "option").map((node) => node.name);
  const linked = await browser.open(viewer.page.url());
  await linked.ready();
  assert.deepEqual(await shown(linked), await shown(viewer));
  await linked.page.close();
  await viewer.page.close();
});

test("what an input method composes is seen at the caret, and its keys do nothing else", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.page.keyboard.press("/");
  const focused = (viewer) => viewer.tree().some((node) => node.role === "searchbox" && node.states.includes("focused"));
  await viewer.until(focused, null, "the search to be entered");
  await viewer.page.keyboard.type("ab");
  await viewer.page.keyboard.press("ArrowLeft");
  const input = await viewer.page.context().newCDPSession(viewer.page);
  const compose = (text) => input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("にほ");
  // The page's field goes where it is drawn, for the window of candidates.
  await viewer.page.waitForFunction(() => {
    const composed = window.__viewer.tree().find((node) => node.role === "text" && node.name === "にほ");
    const field = document.getElementById("typing").getBoundingClientRect();
    return composed && Math.abs(field.x - composed.rect[0]) <= 2 && Math.abs(field.y - composed.rect[1]) <= 2;
  });
  const composed = await viewer.find("text", "にほ");
  const [x, y, width, height] = (await viewer.find("searchbox", "Search steps, logs, output")).rect;
  assert.ok(composed.rect[0] > x + 12 && composed.rect[0] + composed.rect[2] < x + width, "between the two letters");
  assert.ok(composed.rect[1] > y && composed.rect[1] + composed.rect[3] <= y + height);
  // As browsers report the keys of a composition: with the code of an input method, or as composing.
  for (const key of ["Enter", "Escape", "ArrowDown", "Tab", "f", "/"]) {
    await viewer.page.evaluate((key) => {
      const field = document.getElementById("typing");
      field.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, keyCode: 229, bubbles: true }));
      field.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, isComposing: true, bubbles: true }));
      field.dispatchEvent(new KeyboardEvent("keyup", { key, code: key, isComposing: true, bubbles: true }));
    }, key);
  }
  await compose("日本");
  await viewer.find("text", "日本");
  await viewer.until(focused, null, "still typing");
  await input.send("Input.insertText", { text: "日本" });
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "searchbox" && node.value === "a日本b"), null, "the text in the field");
  await viewer.until((viewer) => viewer.tree().every((node) => node.role !== "text" || node.name !== "日本"), null, "the composition to end");
  await viewer.page.keyboard.press("Enter"); // is the viewer's again
  await viewer.until((viewer) => !viewer.tree().some((node) => node.role === "searchbox" && node.states.includes("focused")), null, "the list to have the keys");
  await viewer.page.close();
});

test("a click elsewhere ends a composition, whose text stays in the field", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.page.keyboard.press("/");
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "searchbox" && node.states.includes("focused")), null, "the search to be entered");
  const input = await viewer.page.context().newCDPSession(viewer.page);
  await input.send("Input.imeSetComposition", { text: "ö/?", selectionStart: 3, selectionEnd: 3 });
  await viewer.find("text", "ö/?");
  const [x, y, width, height] = (await viewer.find("listbox", "Execution timeline")).rect;
  await viewer.page.mouse.click(x + width / 2, y + height - 10);
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "searchbox" && node.value === "ö/?"), null, "the text in the field");
  assert.ok((await viewer.tree()).every((node) => node.role !== "dialog"), "no shortcut");
  await viewer.page.close();
});

test("the theme follows the system, and can be set", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.page.emulateMedia({ colorScheme: "dark" });
  await viewer.ready();
  await viewer.find("button", "Light theme"); // it is dark
  await viewer.page.emulateMedia({ colorScheme: "light" });
  await viewer.find("button", "Dark theme");
  await viewer.page.keyboard.press("t");
  await viewer.find("button", "Light theme");
  await viewer.page.reload();
  await viewer.ready();
  await viewer.find("button", "Light theme"); // the address knows
  await viewer.page.close();
});

test("on a phone a tap opens a step, a tap leads back, and fingers find room", async () => {
  const phone = await startBrowser({ viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  try {
    const viewer = await phone.open(server.viewer(kFailedRun));
    await viewer.ready();
    const tap = async (role, name) => {
      const [x, y, width, height] = (await viewer.find(role, name)).rect;
      await viewer.page.touchscreen.tap(x + width / 2, y + height / 2);
    };
    await tap("option", "Score outlets");
    await tap("button", "All steps");
    await viewer.find("option", "Score outlets");
    const controls = (await viewer.tree()).filter((node) => ["button", "toggle", "searchbox", "option"].includes(node.role));
    for (const { role, name, rect: [, , width, height] } of controls)
      assert.ok(width >= kTarget && height >= kTarget, `${role} '${name}' is ${width} by ${height}`);
    assert.ok(controls.length > 6);
  } finally {
    await phone.stop();
  }
});

// A finger that moves up over the list, 12 px in 16 ms, and rests for a while before it is lifted. The times are those of the
// events, so what it throws does not depend on how busy the machine is.
async function flick(viewer, { rest }) {
  const [x, y, width, height] = (await viewer.find("listbox", "Execution timeline")).rect;
  const session = await viewer.page.context().newCDPSession(viewer.page);
  let at = { x: x + width / 2, y: y + height - 40 };
  let time = Date.now() / 1000 - 1; // nothing may lie in the future
  const finger = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp: time });
  await finger("touchStart", [at]);
  for (let i = 0; i < 10; ++i) {
    at = { ...at, y: at.y - 12 };
    time += 0.016;
    await finger("touchMove", [at]);
  }
  time += rest / 1000;
  await finger("touchEnd", []);
  return 120;
}

async function withPhone(task) {
  const phone = await startBrowser({ viewport: { width: 390, height: 700 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true });
  try {
    const run = await server.heldRun("product-launch");
    await server.control({ do: "advance", runId: run, seconds: 3600 });
    const viewer = await phone.open(server.viewer(run)); // of a run that is over: nothing moves but what the finger moves
    await viewer.mode("final");
    await viewer.ready();
    await viewer.still(); // fonts that come late move lines too
    await task(viewer);
    assert.deepEqual(viewer.errors, []);
  } finally {
    await phone.stop();
  }
}

// How far down the list its last step of those on screen stands.
const lastShown = async (viewer) => (await viewer.tree()).findLast((node) => node.role === "option");

test("a finger scrolls the list, which glides on when it is lifted and comes to rest; nothing is selected by it", async () => {
  await withPhone(async (viewer) => {
    const step = await lastShown(viewer);
    const moved = await flick(viewer, { rest: 0 });
    await viewer.until((viewer, { name, wanted }) => {
      const node = viewer.tree().find((node) => node.role === "option" && node.name === name);
      return !node || node.rect[1] < wanted;
    }, { name: step.name, wanted: step.rect[1] - moved - 60 }, "the list to glide on");
    await viewer.still();
    await viewer.sees("Execution timeline"); // still the list
  });
});

test("a finger that rests before it is lifted throws nothing", async () => {
  await withPhone(async (viewer) => {
    const step = await lastShown(viewer);
    const moved = await flick(viewer, { rest: 200 });
    await viewer.until((viewer, { name, wanted }) => {
      const node = viewer.tree().find((node) => node.role === "option" && node.name === name);
      return node && Math.abs(node.rect[1] - wanted) < 1;
    }, { name: step.name, wanted: step.rect[1] - moved }, "the list where the finger has left it");
    await viewer.still();
    assert.ok(Math.abs((await viewer.find("option", step.name)).rect[1] - (step.rect[1] - moved)) < 1, "it went on");
  });
});

test("on a phone 'back' leads from a step to the list, 'forward' to it again", async () => {
  await withPhone(async (viewer) => {
    const { page } = viewer;
    await page.touchscreen.tap(...await viewer.middle("option", "Research outlets"));
    await viewer.find("button", "All steps");
    await viewer.until(() => location.search.includes("step="), null, "the step in the address");
    await page.goBack();
    await viewer.find("option", "Load campaign brief");
    await page.goForward();
    await viewer.find("button", "All steps");
    await viewer.sees("Research outlets");
  });
});
