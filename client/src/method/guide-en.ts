// What helps to fill each piece, in English: a tip, examples that work, and ones that do not yet, with why. All invented.

import type { PieceId } from '../domain';
import type { GuideOf } from './guide-nl';

export const guideEn: Readonly<Record<PieceId, GuideOf>> = {
  impact: {
    tip: 'One sentence you could say at the kitchen table. Who notices the difference, and what has changed then?',
    good: [
      'This winter nobody in Oosterduin sits in the cold.',
      'Every young person in the district has someone waiting for them after school.',
    ],
    weak: [
      { example: 'We safeguard a holistic transition framework.', why: 'Policy is talking here. Who notices what?' },
      { example: 'Fewer problems in the district.', why: 'Which ones, and for whom?' },
    ],
  },
  continuity: {
    tip: 'Think three years ahead: who keeps it going, where does the money come from, and how do we know it works?',
    good: [
      'After two years the village cooperative takes over maintenance.',
      'Every half year we eat together and lay the puzzle again.',
    ],
    weak: [{ example: 'Apply for a grant.', why: 'And if it does not come, or stops?' }],
  },
  consequences: {
    tip: 'Two sides: what happens if we do nothing, and what do our choices cost? What hurts may stand here too.',
    good: [
      'If we do nothing, the last surgery closes in 2028.',
      'If we choose the old school, the brass band has to move.',
    ],
    weak: [{ example: 'It may go wrong.', why: 'What exactly, and for whom?' }],
  },
  partners: {
    tip: 'Who is needed to lay this puzzle? Also those who are not here yet. See whether business, school, government and citizens are all there.',
    good: ['Van Dalen Bakery', 'Residents of Linden Court', 'The Workshop vocational school'],
    weak: [{ example: 'The municipality', why: 'Which department, and who comes to the table?' }],
  },
  resources: {
    tip: 'What is needed: people, knowledge, money, places? Who brings it goes under Contributions; then you link the two.',
    good: ['A workshop of 80 m² with three-phase power.', 'Someone who plans, twelve hours a week.'],
    weak: [{ example: 'More money.', why: 'How much, and what for?' }],
  },
  returns: {
    tip: 'Every partner must have something from it, in money or otherwise. Write down for whom.',
    good: [
      'Sunfield Installers: four apprentices who stay.',
      'For everyone: less searching, because we know each other.',
    ],
    weak: [{ example: 'Good publicity.', why: 'For whom, and what does that bring?' }],
  },
  value: {
    tip: 'What does the target group get, in their words? Not what we do, but what it gives them.',
    good: ['One telephone number that is always answered.', 'A warm house without having to borrow first.'],
    weak: [{ example: 'A digital platform.', why: 'That is a means. What gets better because of it?' }],
  },
  audiences: {
    tip: 'For whom do we do this? Name people you could point at.',
    good: ['Families in rented houses from before 1970.', 'Young people of 16 to 20 at home without school or work.'],
    weak: [{ example: 'Society.', why: 'Who notices it first?' }],
  },
  ambition: {
    tip: 'What are we going to do together? One sentence that everyone signs, with a number or a date in it.',
    good: ['By 2028 we make three hundred houses warm together, street by street.'],
    weak: [{ example: 'We will strengthen our cooperation.', why: 'What will be there that is not there now?' }],
  },
  contributions: {
    tip: 'What does each partner bring: money, hours, knowledge, network, space or goods? Small things count too.',
    good: [
      'Housing association: € 40,000 a year.',
      'Village council: the hall on Tuesday nights.',
      'College: 200 student hours.',
    ],
    weak: [{ example: 'We are happy to think along.', why: 'How often, with whom, and what can be expected?' }],
  },
  intentions: {
    tip: 'Why does each partner take part? Own interest may be said aloud: that keeps it honest.',
    good: [
      'We cannot find technicians any more, and here we train them ourselves.',
      'As residents we want to choose what happens in our street.',
    ],
    weak: [{ example: 'Because it is a nice initiative.', why: 'And what is in it for you?' }],
  },
};
