// What keeps work safe and is not needed to open a case, in one file that loads when the first of it is wanted.
//
// One chunk instead of many: every further entry of its own would split what they share into small pieces, which costs more to
// load at first than it saves. Imported only with `import()`.

export {
  countWaiting,
  forgetEverything,
  listCopy,
  removeCopy,
  removeForgotten,
  replaceCopy,
  strandedTexts,
} from './copy-database';
export { LocalCopy } from './local-copy';
export { putBack } from './renumber';
