// What each address means (client/src/router.ts).

import { describe, expect, it } from 'vitest';
import { parseRoute, shareAddress } from '../../client/src/router';

describe('parseRoute', () => {
  it('knows the pages of the site', () => {
    expect(parseRoute('/')).toEqual({ page: 'start' });
    expect(parseRoute('/about')).toEqual({ page: 'about' });
    expect(parseRoute('/examples/village-energy')).toEqual({
      page: 'example',
      id: 'village-energy',
    });
  });

  it('reads the case and the secret of a share link', () => {
    expect(parseRoute('/c/abc_-9', '#s3cret')).toEqual({
      page: 'case',
      id: 'abc_-9',
      secret: 's3cret',
    });
  });

  it('takes an empty fragment for no secret', () => {
    expect(parseRoute('/c/abc', '#')).toEqual({
      page: 'case',
      id: 'abc',
      secret: null,
    });
  });

  it.each(['/c', '/c/a/b', '/c/..%2F', '/other', '/about/us', `/c/${'x'.repeat(65)}`])('is lost at %s', (path) => {
    expect(parseRoute(path)).toEqual({ page: 'lost' });
  });

  it('reads back the address it gives out to share', () => {
    const address = new URL(shareAddress('https://table.example', 'abc', 's3cret'));

    expect(parseRoute(address.pathname, address.hash)).toEqual({
      page: 'case',
      id: 'abc',
      secret: 's3cret',
    });
  });
});
