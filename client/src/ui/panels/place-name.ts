// What people call a place: the name of its piece, or of its cell with the pair or the step it belongs to.

import type { CaseDocument } from '../../document';
import { spotOf, type Place } from '../../domain';
import { t } from '../../i18n';

const MOST_CHARACTERS = 40;

/** Name a place. Without a document, a cell is named without its pair, and a row by its own name. */
export function placeName(place: Place, document?: CaseDocument): string {
  const spot = spotOf(place);
  if (spot === null) return t('place.elsewhere');
  if (spot.canvas === 'case') return t(`piece.${spot.piece}`);
  if (spot.canvas === 'roadmap') {
    const step = document ? document.roadmap.value.rows.indexOf(spot.row) + 1 : Number(spot.row);
    return t('place.roadmap', { cell: t(`roadmap.${spot.cell}`), step });
  }
  const cell = t(`vpc.${spot.cell}`);
  const audience = document && audienceOf(document, spot.pair);
  return audience ? t('place.vpc', { cell, audience }) : cell;
}

/** The target group of a pair in a few words; empty when it is not there. */
function audienceOf(document: CaseDocument, pairId: string): string {
  const pair = document.pairs.value.find((each) => each.id === pairId);
  return shortened((pair && document.note(pair.audience).value?.text) ?? '');
}

/** The first words of a text, on one line. */
export function shortened(text: string, most = MOST_CHARACTERS): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  const characters = Array.from(line);
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
