// The seldom-used windows of a case, in one file that loads when the first of them is wanted.
//
// One chunk instead of many: every further entry of its own would split what they share into small pieces, which costs more to
// load at first than it saves.

import './cases';

export { CaseDetails } from './canvas/CaseDetails';
export { KeysHelp } from './canvas/KeysHelp';
export { NoteMenu } from './canvas/NoteMenu';
export { Guide } from './method/Guide';
export { LinkLines } from './method/LinkLines';
export { PartnerDress } from './method/PartnerDress';
export { SentenceHint } from './method/SentenceHint';
export { StripTools } from './method/StripTools';
export { RoadmapCanvas } from './roadmap/RoadmapCanvas';
export { VpcCanvas } from './vpc/VpcCanvas';
export { Afterwards } from './history/Afterwards';
export { MoreList } from './MoreList';
export { OutPage } from './OutPage';
export * as panels from './panels';
export { StateBanner } from './StateBanner';
export { StrandedTray } from './StrandedTray';
export { Tray } from './Tray';
