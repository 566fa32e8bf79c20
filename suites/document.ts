import { timesInWords } from "../src/contract/figures.js";
import { notApplicable, notObservable, type Suite } from "../src/runner/check.js";
import { expectAcknowledged, isAcknowledged } from "../src/runner/expectations.js";

const notAcknowledged = notApplicable("a callback was not acknowledged, which other checks judge");

export const document: Suite = {
  id: "document",
  title: "Each document of a session, and each change of it, is looked at",
  fits: ({ subject }) => subject.parts.includes("documentId"),
  checks: [
    {
      id: "document/processes-every-document",
      title: "does the work of each document of a session",
      level: "recommended",
      clause: "trigger/document-changes",
      needs: ["effects"],
      builds: "on-baseline",
      sessions: 2,
      explain: {
        sends: "Documented callbacks for two documents of one session.",
        expects: "A 2XX for both, and each document is processed.",
        why: "A receiver that takes the session id for its key, as is right for batch callbacks, takes the second document of a session for a duplicate of the first: it is acknowledged and never processed.",
        fix: "Let nothing that you remember of a session keep you from the work of another document of it.",
      },
      async run(context) {
        const first = context.session();
        const second = context.anotherDocument(first);
        const attempts = [];
        for (const sessionId of [first, second]) {
          attempts.push(await context.send({ sessionId, leavesEffectOpen: true }));
        }
        const [one, two] = attempts;
        if (one === undefined || two === undefined || !isAcknowledged(one)) return notAcknowledged;
        // No other check sends a second document of a session.
        expectAcknowledged(context, two);
        if (!isAcknowledged(two)) return;
        const counts = await context.effects([first, second]);
        // Whether it was the right document is another question.
        const [seen = 0, more = 0] = [counts.get(first), counts.get(second)];
        const times = context.tellsDocumentsApart ? seen + more : seen;
        if (times < 2) context.mismatch("both documents processed", `processed ${timesInWords(times)} in all`, two);
      },
    },
    {
      id: "document/processes-a-later-change",
      title: "does the work again when a document that it has processed is called back again",
      level: "recommended",
      clause: "trigger/document-changes",
      needs: ["effects"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented callback for a document, and when that has been processed the same bytes once more.",
        expects: "The document is processed again.",
        why: "An update, the retry of a create and a delete are the same bytes. Whoever remembers for good what was processed never learns of a change.",
        fix: "Take each callback for a reason to look at the document again. To spare work compare what you find there, its time of change say, and not the callback. A probe has to count each time that the document was looked at.",
      },
      async run(context) {
        const sessionId = context.session();
        const created = await context.send({ sessionId, leavesEffectOpen: true });
        if (!isAcknowledged(created)) return notAcknowledged;
        const before = (await context.effects([sessionId])).get(sessionId) ?? 0;
        if (before === 0) return notApplicable("the document was not processed, which other checks judge");
        await context.betweenRetries();
        const changed = await context.send({ sessionId, leavesEffectOpen: true });
        expectAcknowledged(context, changed);
        if (!isAcknowledged(changed)) return;
        const after = (await context.effects([sessionId])).get(sessionId) ?? 0;
        if (after <= before) {
          context.mismatch("processed again", `processed ${timesInWords(after)}, as before`, changed);
        }
      },
    },
    {
      id: "document/reads-the-document-id",
      title: "looks at the document that the callback names",
      level: "recommended",
      clause: "request/body",
      needs: ["effects"],
      builds: "on-baseline",
      sessions: 2,
      explain: {
        sends:
          "The documented callback for a document, and when that has been processed one for another document of its session.",
        expects: "The second document is processed, and not the first one again in its place.",
        why: "A receiver that reads sessionId alone finds the document that it knows of the session, or its first one, whichever has changed.",
        fix: "Read documentId from the body (or X-Scriptix-Document) and look that document up.",
      },
      async run(context) {
        if (!context.tellsDocumentsApart) {
          return notObservable(
            "effects are counted by session, so which document was processed does not show; put {documentId} into the probe",
          );
        }
        const first = context.session();
        const second = context.anotherDocument(first);
        if (!isAcknowledged(await context.send({ sessionId: first, leavesEffectOpen: true }))) return notAcknowledged;
        const before = (await context.effects([first])).get(first) ?? 0;
        const attempt = await context.send({ sessionId: second, leavesEffectOpen: true });
        if (!isAcknowledged(attempt)) return notAcknowledged;
        const counts = await context.effects([first, second]);
        if ((counts.get(second) ?? 0) > 0) return;
        if ((counts.get(first) ?? 0) <= before) {
          return notApplicable("the second document was not processed, which processes-every-document judges");
        }
        context.mismatch("the document processed that the callback names", "another one of its session", attempt);
      },
    },
  ],
};
