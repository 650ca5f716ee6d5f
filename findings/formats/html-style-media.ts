import { markup as css } from "./html-markup";

/**
 * Screens lay out many findings as they come into view only; on narrow ones a row of the table becomes a block. Paper is
 * light, with what a screen folds away, and with the addresses of links; nothing is cut through that fits on a page.
 */
export const MEDIA_STYLE = css`
  @media screen {
    .many article {
      content-visibility: auto;
      contain-intrinsic-size: auto 9rem;
    }
  }

  @media screen and (max-width: 40rem) {
    body {
      padding: 1.25rem 0.9rem 2rem;
    }

    h1 {
      font-size: 1.45rem;
    }

    table,
    tbody {
      display: block;
    }

    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tr {
      display: grid;
      grid-template-columns: auto auto 1fr;
      gap: 0.1rem 0.6rem;
      align-items: baseline;
      padding: 0.6rem 0;
      border-bottom: 1px solid var(--line);
    }

    :is(th, td):nth-child(n) {
      padding: 0;
      border: 0;
      text-align: left;
    }

    tbody th,
    td:nth-child(5) {
      grid-column: 1 / -1;
      width: auto;
    }

    dl > div {
      grid-template-columns: minmax(0, 1fr);
      margin-top: 0.5rem;
    }
  }

  @media print {
    :root {
      color-scheme: only light;
      font-size: 9.5pt;
    }

    @page {
      margin: 16mm 14mm;
    }

    body {
      max-width: none;
      padding: 0;
    }

    .skip,
    summary {
      display: none;
    }

    ::details-content {
      display: block;
      block-size: auto;
      content-visibility: visible;
    }

    h2,
    h3,
    h4,
    .kind > header,
    .kind > dl {
      break-after: avoid;
    }

    .kind > dl,
    article,
    tr,
    li {
      break-inside: avoid;
    }

    .bar,
    .badge,
    .note {
      print-color-adjust: exact;
    }

    a[rel]::after {
      content: " " attr(href);
      color: var(--muted);
    }
  }
`;
