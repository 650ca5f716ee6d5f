import { withSpansReplaced, type Span } from "../../../../findings/formats/spans";

test.each<[spans: [start: number, end: number][], text: string]>([
  [[], "0123456789"],
  [[[2, 4]], "01#456789"],
  [[[0, 10]], "#"],
  [
    [
      [6, 7],
      [1, 3],
    ],
    "0#345#789",
  ],
  // Parts that overlap, touch, or lie in each other are one.
  [
    [
      [1, 3],
      [2, 5],
    ],
    "0#56789",
  ],
  [
    [
      [1, 3],
      [3, 5],
    ],
    "0#56789",
  ],
  [
    [
      [1, 8],
      [2, 4],
      [7, 9],
    ],
    "0#9",
  ],
])("without the parts %j it is %j", (spans, text) => {
  const parts = spans.map(([start, end]): Span => ({ start, end }));

  expect(withSpansReplaced("0123456789", parts, "#")).toBe(text);
});
