// Rewrites Yjs updates from one client id to another: for the rare day that my id turns out to be someone else's.
//
// Pure, and loaded only then. A client id in an update stands in the ids of structs, in what they refer to (left, right, parent) and in
// the delete set. What the server has already (`since`) keeps its old id; from there on clocks count from nought.

import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

type Struct = Y.Item | Y.GC | Y.Skip;
type Deletions = ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>;

export interface Renumbering {
  readonly from: number;
  readonly to: number;
  /** The first clock of `from` that is renumbered. */
  readonly since: number;
}

/** Unsaved work of mine that was written under a client id of someone else. */
export interface Work {
  readonly client: number;
  /** My own updates, oldest first. */
  readonly own: readonly Uint8Array[];
  /** Everything the server lacked. */
  readonly difference: Uint8Array;
}

/** Put work in a document under a new client id. Leaves out what refers to something that is not there. */
export function putBack({ client, own, difference }: Work, doc: Y.Doc, origin: unknown): void {
  const since = Math.min(...own.flatMap((update) => clocksOf(update, client)));
  const how = { from: client, to: new Y.Doc().clientID, since };
  const updates = [without(difference, client), ...own.map((update) => renumber(update, how))];
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)), origin);
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
}

/** Rewrite one update. */
export function renumber(update: Uint8Array, how: Renumbering): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(update);
  for (const struct of structs) moveStruct(struct, how);
  return encode(structs, new Map([...ds.clients].flatMap(([client, ranges]) => moveRanges(client, ranges, how))));
}

/** Leave out what one client wrote or what was deleted of it. */
export function without(update: Uint8Array, client: number): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(update);
  const others = [...ds.clients].filter(([deleted]) => deleted !== client);
  return encode(
    structs.filter((struct) => struct.id.client !== client),
    new Map(others),
  );
}

function clocksOf(update: Uint8Array, client: number): number[] {
  return Y.decodeUpdate(update)
    .structs.filter((struct) => struct.id.client === client)
    .map((struct) => struct.id.clock);
}

function moveStruct(struct: Struct, how: Renumbering): void {
  struct.id = move(struct.id, how);
  if (!(struct instanceof Y.Item)) return;
  if (struct.origin) struct.origin = move(struct.origin, how);
  if (struct.rightOrigin) struct.rightOrigin = move(struct.rightOrigin, how);
  // An item that was decoded names its parent by id, or a root by name; the types know only the integrated form.
  const parent: unknown = struct.parent;
  if (parent instanceof Y.ID) struct.parent = move(parent, how);
}

function move(id: Y.ID, { from, to, since }: Renumbering): Y.ID {
  return id.client === from && id.clock >= since ? Y.createID(to, id.clock - since) : id;
}

type Range = Deletions extends ReadonlyMap<number, readonly (infer R)[]> ? R : never;

/** Split what was deleted of one client at `since`. */
function moveRanges(client: number, ranges: readonly Range[], { from, to, since }: Renumbering): [number, Range[]][] {
  if (client !== from) return [[client, [...ranges]]];
  const stay = ranges.flatMap(({ clock, len }) => span(clock, Math.min(clock + len, since)));
  const go = ranges.flatMap(({ clock, len }) => span(Math.max(clock, since) - since, clock + len - since));
  const sides: [number, Range[]][] = [
    [client, stay],
    [to, go],
  ];
  return sides.filter(([, side]) => side.length > 0);
}

function span(start: number, end: number): Range[] {
  return end > start ? [{ clock: start, len: end - start }] : [];
}

/** Encode structs and deletions as a V1 update. */
function encode(structs: readonly Struct[], deletions: Deletions): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const byClient = new Map<number, Struct[]>();
  for (const struct of structs) {
    const own = byClient.get(struct.id.client);
    if (own) own.push(struct);
    else byClient.set(struct.id.client, [struct]);
  }
  encoding.writeVarUint(encoder.restEncoder, byClient.size);
  // Yjs itself writes the highest client id first.
  for (const [client, own] of [...byClient].sort(([a], [b]) => b - a)) writeStructs(encoder, client, own);
  encoding.writeVarUint(encoder.restEncoder, deletions.size);
  for (const [client, ranges] of deletions) writeRanges(encoder.restEncoder, client, ranges);
  return encoder.toUint8Array();
}

function writeStructs(encoder: Y.UpdateEncoderV1, client: number, structs: readonly Struct[]): void {
  encoding.writeVarUint(encoder.restEncoder, structs.length);
  encoder.writeClient(client);
  encoding.writeVarUint(encoder.restEncoder, structs[0]?.id.clock ?? 0);
  for (const struct of structs) struct.write(encoder, 0);
}

function writeRanges(rest: encoding.Encoder, client: number, ranges: readonly Range[]): void {
  encoding.writeVarUint(rest, client);
  encoding.writeVarUint(rest, ranges.length);
  for (const { clock, len } of ranges) {
    encoding.writeVarUint(rest, clock);
    encoding.writeVarUint(rest, len);
  }
}
