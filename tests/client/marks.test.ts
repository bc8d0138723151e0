// Two-letter marks of partners (client/src/marks.ts).

import { describe, expect, it } from 'vitest';
import { markOf, marksOf } from '../../client/src/marks';

describe('marksOf', () => {
  it('takes the initials of the telling words', () => {
    expect(marksOf(['Gemeente Oosterloo', 'Bakkerij', 'Stichting van de Buurt'])).toEqual(['GO', 'BA', 'SB']);
  });

  it('gives every partner a mark of its own', () => {
    const marks = marksOf(['Groene Oever', 'Gemeente Oost', 'Goed Onderdak', 'G O', 'G O']);

    expect(new Set(marks).size).toBe(5);
  });

  it('has a mark for names without letters, and in other scripts', () => {
    expect(marksOf(['!!!', 'قرية دافئة']).every((mark) => mark.length >= 2)).toBe(true);
  });
});

describe('markOf', () => {
  it('serves a person without an organisation', () => {
    expect(markOf('Anna de Vries')).toBe('AV');
    expect(markOf('')).toBe('··');
  });
});
