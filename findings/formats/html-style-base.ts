import { markup as css } from "./html-markup";

/** Colours, which keep the contrast of WCAG AA, and type. Dark is for screens alone: paper is white. */
export const BASE_STYLE = css`
  :root {
    color-scheme: light dark;
    --ground: #ffffff;
    --raised: #f5f7fa;
    --ink: #18212d;
    --muted: #556172;
    --line: #d8dee7;
    --accent: #1b4f9c;
    --note-ground: #fdf3dc;
    --note: #6d4700;
    --critical: #86123a;
    --high: #b3341b;
    --medium: #8a5a00;
    --low: #1b5fae;
    --info: #51606f;
    --unknown: #454b57;
    --on-severity: #ffffff;
  }

  @media screen and (prefers-color-scheme: dark) {
    :root {
      --ground: #10161e;
      --raised: #18202a;
      --ink: #e7ecf2;
      --muted: #a4b0be;
      --line: #303b48;
      --accent: #8db8f7;
      --note-ground: #33270d;
      --note: #f4cf84;
      --critical: #ff8fb0;
      --high: #ff9d80;
      --medium: #f0c25c;
      --low: #8fbcff;
      --info: #b2bfcc;
      --unknown: #c7ced8;
      --on-severity: #10161e;
    }
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  body {
    max-width: 68rem;
    margin: 0 auto;
    padding: 2rem 1.25rem 3rem;
    background: var(--ground);
    color: var(--ink);
    font:
      0.9375rem/1.5 system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Liberation Sans",
      sans-serif;
    overflow-wrap: anywhere;
  }

  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  dl,
  dd,
  pre {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  h1 {
    font-size: 1.75rem;
    line-height: 1.2;
    letter-spacing: -0.015em;
  }

  h2 {
    margin: 2.25rem 0 0.75rem;
    font-size: 1.25rem;
    line-height: 1.3;
  }

  h3 {
    font-size: 1.0625rem;
    line-height: 1.4;
  }

  h4 {
    font-size: 0.9375rem;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }

  code,
  pre {
    font:
      0.8125rem/1.5 ui-monospace,
      "SF Mono",
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace;
  }

  code,
  .text,
  h3,
  th a {
    unicode-bidi: isolate;
  }

  pre,
  .text {
    white-space: pre-wrap;
  }

  pre {
    padding: 0.6rem 0.75rem;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--raised);
  }

  summary {
    width: fit-content;
    color: var(--accent);
    cursor: pointer;
  }

  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
    border-radius: 2px;
  }

  .muted {
    color: var(--muted);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .skip {
    position: absolute;
    left: -100vw;
    padding: 0.4rem 0.8rem;
    background: var(--ground);
  }

  .skip:focus {
    left: 1rem;
    top: 0.5rem;
  }
`;
