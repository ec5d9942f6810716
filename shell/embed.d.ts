// The types of embed.js. docs/EMBEDDING.md says more.

export type Theme = "host" | "light" | "dark" | "system";
export type Mode = "loading" | "live" | "polling" | "paused" | "final" | "error";

export interface RunViewerOptions {
  /** The viewer's page. Default: index.html beside embed.js. */
  src?: string | URL;
  /** The run to show. Without one, openRun() names it later. */
  run?: string;
  /** Key of the step to show. Default: the first. */
  step?: string;
  /** "host" follows the page, by the colour behind the viewer. Default: "host". */
  theme?: Theme;
  timeZone?: "local" | "utc";
  /** Where the REST calls begin. Default: "/api/v1", of the viewer's site, or of this one where the page makes the calls. */
  api?: string;
  /** "app": the stream's address is asked for first. Default: "api". */
  profile?: "api" | "app";
  /** The flag ENABLE_EXECUTION_STREAMING. Default: true. */
  streaming?: boolean;
  /** "auto": as high as the list of steps needs; otherwise as high as the element. */
  height?: "auto" | "element";
  /** What screen readers call the frame. Default: "Playbook run". */
  title?: string;
  /**
   * Makes the viewer's REST calls in this page, with this page's cookies: for a viewer of another site, whose own
   * cookies browsers block. Only addresses below `${api}/playbook-runs/` are asked for. The event stream is opened by the
   * viewer all the same, in the profile "api" below `api` of this page: its server has to take it without a cookie.
   */
  fetch?: (url: string, init: { signal: AbortSignal }) => Promise<Response>;
  /**
   * Gives the address of a run's event stream, with a short-lived token; a relative one is this page's. All other calls are then
   * made in this page as well.
   */
  streamUrl?: (run: string) => string | Promise<string>;
  /** Ends the viewer, also while it is being mounted. */
  signal?: AbortSignal;
}

export interface Progress {
  total: number;
  completed: number;
  failed: number;
  running: number;
  pending: number;
  blocked: number;
  canceled: number;
  skipped: number;
  /** Completed and skipped, of the total. */
  percent: number;
}

export interface RunViewerEvents {
  /** The viewer takes commands: once when it is mounted, and again when its frame was reloaded. */
  ready: { protocol: number; run: string };
  /** The run is there, or its state or counts have changed. `state` is the server's word. */
  run: { id: string; playbookName: string; state: string; over: boolean; progress: Progress };
  /** A step's state or attempt has changed. `attempt` counts from 0, as the API does. */
  step: { key: string; name: string; state: string; attempt: number; maxAttempts: number };
  /**
   * Another step is shown. `followed`: nobody has chosen it, it is what the run is at, or what it failed with; a host that keeps the
   * chosen step in its own address passes over these.
   */
  selection: { step: string; followed: boolean };
  mode: { mode: Mode };
  /** There is no run to show, or what is shown may be old. */
  error: RunViewerError;
  /** The height at which the list of steps needs no scrolling, CSS pixels. */
  resize: { height: number };
}

export interface RunViewerError extends Error {
  /**
   * From the server: no-run, bad-run, signed-out, forbidden, not-found, server, not-a-run, other-run, unreachable, timeout, too-large.
   * Of the viewer itself: wasm, webgl, load, sandbox, crash; then it is `fatal`.
   */
  kind: string;
  title: string;
  detail: string;
  /** HTTP status; 0 where there was no answer. */
  status: number;
  /** The server's word for it, NOT_FOUND for example. */
  code: string;
  /** The viewer shows nothing more until its frame is reloaded. */
  fatal?: boolean;
}

export interface RunViewer {
  readonly frame: HTMLIFrameElement;
  openRun(run: string, options?: { step?: string }): void;
  selectStep(step: string): void;
  setTheme(theme: Theme): void;
  setStreaming(allowed: boolean): void;
  pause(): void;
  resume(): void;
  refresh(): void;
  /** Returns a function that ends it. */
  on<Event extends keyof RunViewerEvents>(event: Event, listener: (news: RunViewerEvents[Event]) => void): () => void;
  /** Takes the viewer out of the page. Stream, timers and graphics end. */
  destroy(): void;
}

/**
 * Puts a viewer into the element, which has to be in the page, and waits until it takes commands. Rejects, and leaves the element as
 * it was, where no viewer answers within half a minute, where it does not obey this site, and where it can't run in this browser.
 */
export function mountRunViewer(element: Element, options?: RunViewerOptions): Promise<RunViewer>;

declare global {
  interface Window {
    /** Of embed.classic.js, for pages without modules. */
    PlaybookRunViewer?: { mountRunViewer: typeof mountRunViewer };
  }
}
