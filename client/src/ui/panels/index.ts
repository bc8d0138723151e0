// The panels, loaded together when the first of them is opened.

export { FeedPanel as feed } from './FeedPanel';
export { MomentsPanel as moments } from './MomentsPanel';
export { PeoplePanel as people } from './PeoplePanel';
