import type { Response } from "express";
import type { Clock } from "../clock";
import { Refusal } from "../http/refusal";
import type { User } from "../store/users";
import type { Board } from "./board";
import type { Onlooker } from "./onlooker";
import { startPush } from "./push";

/** How many streams may be open at once: in total, and per user. */
export const MAX_STREAMS = 200;
export const MAX_STREAMS_OF_USER = 20;
const RETRY_AFTER_SECONDS = 10;

/** The open streams. */
export interface Streams {
  /** Answers with a stream that ends with the connection or the service. @throws Refusal 429 if there are too many. */
  open(response: Response, user: User, onlooker: Onlooker): void;
}

const eventText = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

export interface StreamsParts {
  board: Board;
  /** Real time, even if the service's own clock stands still or is moved forward. */
  clock: Clock;
  /** Receives failures of the service itself. */
  log: (line: string) => void;
}

export function createStreams({ board, clock, log }: StreamsParts): Streams {
  const open = new Map<Response, number>();
  const refuseTooMany = (user: User): void => {
    const own = [...open.values()].filter((id) => id === user.id).length;
    if (open.size < MAX_STREAMS && own < MAX_STREAMS_OF_USER) return;
    throw new Refusal(429, "too_many_streams", undefined, { "Retry-After": String(RETRY_AFTER_SECONDS) });
  };
  return {
    open: (response, user, onlooker) => {
      refuseTooMany(user);
      open.set(response, user.id);
      response.status(200).set({
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store, no-transform",
        // A buffering reverse proxy would hold the events back.
        "X-Accel-Buffering": "no",
      });
      const push = startPush({
        clock,
        next: () => nextEvent(onlooker, response, log),
        write: (text) => !response.writableEnded && response.write(text),
        giveUp: () => response.destroy(),
      });
      const unsubscribe = board.subscribe(push.notify);
      response.on("drain", push.drained);
      response.on("error", () => response.destroy());
      response.on("close", () => {
        push.stop();
        unsubscribe();
        open.delete(response);
      });
    },
  };
}

/** Returns the next event as text; a user whose access was revoked gets a final event, and the stream ends. */
function nextEvent(onlooker: Onlooker, response: Response, log: (line: string) => void): string | undefined {
  try {
    const event = onlooker.next();
    return event === undefined ? undefined : eventText(event.kind, event);
  } catch (error) {
    if (error instanceof Refusal) response.end(eventText("refused", { message: error.slug }));
    else {
      log(
        `crashtest-local FAILED at a stream of the page: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
      );
      response.destroy();
    }
    return undefined;
  }
}
