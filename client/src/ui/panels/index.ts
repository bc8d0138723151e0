// The panels, loaded together when the first of them is opened.

export { FeedPanel as feed } from './FeedPanel';
export { HistoryPanel as history } from '../history/HistoryPanel';
export { PeoplePanel as people } from './PeoplePanel';
