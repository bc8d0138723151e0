// What people call a place: the name of its piece. The cells of the other canvases have no screen yet.

import { isPiece, type Place } from '../../domain';
import { t } from '../../i18n';

export function placeName(place: Place): string {
  return isPiece(place) ? t(`piece.${place}`) : t('place.elsewhere');
}
