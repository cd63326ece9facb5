/**
 * SQLite's write-ahead log (sqlite.org/fileformat2.html, section 4): pages that were committed and are not in the
 * database file yet. A program that was killed leaves it behind, and SQLite without a file system does not read it.
 */

const headerSize = 32;
const frameHeaderSize = 24;
const magicLittleEndian = 0x377f0682;
const magicBigEndian = 0x377f0683;

/** The database file with all that the log has committed; what follows the last commit counts for nothing. */
export function foldLog(database: Uint8Array, log: Uint8Array): Uint8Array {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  if (log.byteLength < headerSize) return database;
  const magic = view.getUint32(0);
  if (magic !== magicLittleEndian && magic !== magicBigEndian) return database;
  const isLittleEndian = magic === magicLittleEndian;
  const pageSize = view.getUint32(8);
  const salts = [view.getUint32(16), view.getUint32(20)];
  let sum: Sum = addUp([0, 0], view, 0, 24, isLittleEndian);
  if (sum[0] !== view.getUint32(24) || sum[1] !== view.getUint32(28)) return database;

  const committed = new Map<number, number>();
  const pending = new Map<number, number>();
  let pageCount: number | null = null;
  const frameSize = frameHeaderSize + pageSize;
  for (let at = headerSize; at + frameSize <= log.byteLength; at += frameSize) {
    if (view.getUint32(at + 8) !== salts[0] || view.getUint32(at + 12) !== salts[1]) break;
    sum = addUp(sum, view, at, 8, isLittleEndian);
    sum = addUp(sum, view, at + frameHeaderSize, pageSize, isLittleEndian);
    if (sum[0] !== view.getUint32(at + 16) || sum[1] !== view.getUint32(at + 20)) break;
    pending.set(view.getUint32(at), at + frameHeaderSize);
    const sizeAfterCommit = view.getUint32(at + 4);
    if (sizeAfterCommit === 0) continue;
    for (const [page, place] of pending) committed.set(page, place);
    pending.clear();
    pageCount = sizeAfterCommit;
  }
  if (pageCount === null) return database;

  const folded = new Uint8Array(pageCount * pageSize);
  folded.set(database.subarray(0, folded.byteLength));
  for (const [page, place] of committed) {
    if (page <= pageCount) {
      folded.set(log.subarray(place, place + pageSize), (page - 1) * pageSize);
    }
  }
  return folded;
}

type Sum = [number, number];

/** SQLite's checksum over pairs of 32-bit words, carried on from `sum`. */
function addUp(
  [first, second]: Sum,
  view: DataView,
  from: number,
  length: number,
  isLittleEndian: boolean,
): Sum {
  let a = first;
  let b = second;
  for (let at = from; at < from + length; at += 8) {
    a = (a + view.getUint32(at, isLittleEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, isLittleEndian) + a) >>> 0;
  }
  return [a, b];
}
