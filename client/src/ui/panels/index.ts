// The panels, loaded together when the first of them is opened.

export { FeedPanel as feed } from './FeedPanel';
export { ChangesPanel as changes } from '../history/ChangesPanel';
export { HistoryPanel as history } from '../history/HistoryPanel';
export { LifePanel as life } from '../history/LifePanel';
export { PeoplePanel as people } from './PeoplePanel';
