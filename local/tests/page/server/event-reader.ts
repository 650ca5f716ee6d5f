import { request } from "undici";
import { createEventParser } from "../../../page/event-parser.js";
import type { BoardEvent } from "../../../src/page/views";

export interface ReadEvent {
  type: string;
  data: BoardEvent;
}

/** Reads the events of the page over HTTP, one after the other. */
export interface EventReader {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The next event; undefined where the stream has ended or broken off. */
  next(): Promise<ReadEvent | undefined>;
  /** Reads on until an event fits. @throws Error where the stream ends before. */
  until(fits: (event: ReadEvent) => boolean): Promise<ReadEvent>;
  close(): void;
}

export async function readEvents(url: string, key: string): Promise<EventReader> {
  const answer = await request(`${url}/page/events`, { headers: { api_key: key } });
  // Not read to its end, it is broken off.
  answer.body.on("error", () => undefined);
  const parse = createEventParser();
  const decoder = new TextDecoder();
  const pieces = answer.body[Symbol.asyncIterator]();
  const waiting: ReadEvent[] = [];

  const next = async (): Promise<ReadEvent | undefined> => {
    while (waiting.length === 0) {
      const piece = await pieces.next().catch(() => ({ done: true, value: undefined }));
      if (piece.done === true) return undefined;
      const events = parse(decoder.decode(piece.value as Buffer, { stream: true }));
      waiting.push(...events.map(({ type, data }) => ({ type, data: JSON.parse(data) as BoardEvent })));
    }
    return waiting.shift();
  };
  return {
    status: answer.statusCode,
    headers: answer.headers,
    next,
    until: async (fits) => {
      for (;;) {
        const event = await next();
        if (event === undefined) throw new Error("The stream ended before the event came.");
        if (fits(event)) return event;
      }
    },
    close: () => void answer.body.destroy(),
  };
}
