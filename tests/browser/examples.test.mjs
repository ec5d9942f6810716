// The example apps, as somebody who wants to learn from them uses them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { kRoot, startBrowser, startServer } from "./support.mjs";

let server;
let browser;
before(async () => {
  execFileSync("npm", ["run", "build", "--silent"], { cwd: `${kRoot}shell/examples/react`, stdio: "inherit" });
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

for (const app of ["plain", "react"]) {
  test(`examples/${app}: an app around the viewer, with its own addresses, flag and theme`, async () => {
    const page = await browser.context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
    await page.goto(`${server.address}examples/${app}/`);
    const status = page.getByRole("status").first();
    await status.filter({ hasText: "Product launch outreach: running" }).waitFor();
    assert.match(page.url(), new RegExp(`/examples/${app}/app/playbooks/runs/[0-9a-f-]{36}$`));
    const first = page.url();

    const other = page.getByRole("link", { name: "Crisis response" }).first();
    await other.click();
    await status.filter({ hasText: "Crisis response: running" }).waitFor();
    assert.equal(page.url(), await other.evaluate((link) => link.href));
    assert.equal(await other.getAttribute("aria-current"), "page");
    await page.goBack();
    await status.filter({ hasText: "Product launch outreach" }).waitFor();
    assert.equal(page.url(), first);

    const viewer = page.frames().find((frame) => frame.url().includes("index.html"));
    const badge = viewer.locator("#status");
    await badge.filter({ hasText: "live updates" }).waitFor({ state: "attached" });
    await page.getByRole("checkbox").uncheck();
    await badge.filter({ hasText: "every two seconds" }).waitFor({ state: "attached" });
    await page.getByRole("checkbox").check();
    await badge.filter({ hasText: "live updates" }).waitFor({ state: "attached" });

    await page.getByRole("button", { name: "Dark" }).click();
    await viewer.locator(":root[data-theme=dark]").waitFor();
    await page.getByRole("button", { name: "Light" }).click();
    await viewer.locator(":root[data-theme=light]").waitFor();
    assert.equal(page.frames().length, 2);
    assert.deepEqual(errors, []);
    await page.close();
  });
}
