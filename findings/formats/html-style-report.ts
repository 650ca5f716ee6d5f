import { markup as css } from "./html-markup";

/** The parts of the report. Each severity has a colour, and its name beside it. */
export const REPORT_STYLE = css`
  body > header {
    padding-bottom: 1rem;
    border-bottom: 2px solid var(--ink);
  }

  body > footer {
    margin-top: 2.5rem;
    padding-top: 1rem;
    border-top: 1px solid var(--line);
    color: var(--muted);
  }

  .origin {
    margin-top: 0.25rem;
    color: var(--muted);
  }

  .critical {
    --severity: var(--critical);
  }

  .high {
    --severity: var(--high);
  }

  .medium {
    --severity: var(--medium);
  }

  .low {
    --severity: var(--low);
  }

  .info {
    --severity: var(--info);
  }

  .unknown {
    --severity: var(--unknown);
  }

  .total {
    font-size: 1.0625rem;
  }

  .bar {
    display: block;
    width: 100%;
    height: 0.625rem;
    margin-top: 0.75rem;
    border-radius: 2px;
  }

  .bar rect {
    fill: var(--severity);
  }

  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
    gap: 0.5rem;
    margin: 0.75rem 0 1.25rem;
  }

  .counts li {
    padding: 0.35rem 0.75rem;
    border-left: 4px solid var(--severity);
    background: var(--raised);
  }

  .counts strong {
    display: block;
    font-size: 1.5rem;
    line-height: 1.25;
  }

  .counts .none {
    border-left-color: var(--line);
    color: var(--muted);
  }

  .counts .none strong {
    font-weight: 400;
  }

  .note {
    margin-bottom: 1rem;
    padding: 0.6rem 0.9rem;
    border-left: 4px solid;
    background: var(--note-ground);
    color: var(--note);
  }

  .scanners {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 1.25rem;
    margin-top: 0.25rem;
  }

  .badge,
  .new {
    display: inline-block;
    padding: 0 0.45rem;
    border: 1px solid;
    border-radius: 3px;
    font-size: 0.8125rem;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }

  .badge {
    border-color: var(--severity);
    background: var(--severity);
    color: var(--on-severity);
  }

  .new {
    color: var(--accent);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }

  th,
  td {
    padding: 0.35rem 1rem 0.35rem 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: baseline;
  }

  thead th {
    border-bottom-color: var(--ink);
    color: var(--muted);
    font-size: 0.8125rem;
  }

  tbody th {
    font-weight: 600;
  }

  thead :nth-child(1) {
    width: 3.5rem;
  }

  thead :nth-child(2) {
    width: 6.25rem;
  }

  thead :nth-child(3) {
    width: 4rem;
  }

  thead :nth-child(4) {
    width: 28%;
  }

  :is(th, td):nth-child(3) {
    text-align: right;
  }

  td:nth-child(-n + 3) {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .kind {
    margin-top: 1.5rem;
    border-left: 4px solid var(--severity);
  }

  .kind.unknown {
    border-left-style: dashed;
  }

  .kind > header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.25rem 1.5rem;
    padding: 0.5rem 1rem;
    background: var(--raised);
  }

  .kind > dl,
  article {
    padding: 0.4rem 1rem 0.75rem;
  }

  article {
    border-top: 1px solid var(--line);
  }

  article:target {
    background: var(--raised);
  }

  .by {
    color: var(--muted);
    font-weight: 400;
  }

  dl > div {
    display: grid;
    grid-template-columns: 7.5rem minmax(0, 1fr);
    gap: 0 1rem;
    margin-top: 0.3rem;
  }

  dt {
    color: var(--muted);
  }

  dd {
    max-width: 50rem;
  }

  details > * + *,
  details li + li {
    margin-top: 0.35rem;
  }

  .fingerprint {
    user-select: all;
  }
`;
