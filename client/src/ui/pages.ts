// What shows without a case: the pages around the cases and the screen to join one, in one file that loads when the first of them
// is shown. None of it needs the document or the canvas, so who comes in by a link sees the question for a name first.

import './shared';

export { AboutPage } from './about/AboutPage';
export { JoinScreen } from './join/JoinScreen';
export { WaitingRoom } from './join/WaitingRoom';
export { WayBackScreen } from './join/WayBackScreen';
export { StartPage } from './start/StartPage';
