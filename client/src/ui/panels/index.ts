// The panels, loaded together when the first of them is opened.

export { FeedPanel as feed } from './FeedPanel';
export { ChangesPanel as changes } from '../history/ChangesPanel';
export { HistoryPanel as history } from '../history/HistoryPanel';
export { LifePanel as life } from '../history/LifePanel';
export { PeoplePanel as people } from './PeoplePanel';
export { CommentsPanel as comments } from '../comments/CommentsPanel';
export { BalancePanel as balance } from '../method/BalancePanel';
export { LinksPanel as links } from '../method/LinksPanel';
export { LooseEndsPanel as loose } from '../method/LooseEndsPanel';
export { PartnerPanel as partner } from '../method/PartnerPanel';
export { SearchPanel as search } from '../method/SearchPanel';
