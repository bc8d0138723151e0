// The page of a case, in one file that loads when the first case is opened.
//
// What is loaded from within a case imports this file as well: it is there already, and so the build keeps it in one piece.

import './shared';

export { CasePage } from './CasePage';
