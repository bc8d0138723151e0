// What each address means (client/src/router.ts).

import { describe, expect, it } from 'vitest';
import { momentAddress, parseRoute, shareAddress, wayBackAddress } from '../../client/src/router';

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
      back: null,
      secret: 's3cret',
      moment: null,
    });
  });

  it('takes an empty fragment for no secret', () => {
    expect(parseRoute('/c/abc', '#')).toEqual({
      page: 'case',
      id: 'abc',
      back: null,
      secret: null,
      moment: null,
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
      back: null,
      secret: 's3cret',
      moment: null,
    });
  });

  it('reads the past moment of an address it gives out', () => {
    const address = new URL(momentAddress('https://table.example', 'abc', 417));

    expect(parseRoute(address.pathname, address.hash)).toMatchObject({ id: 'abc', secret: null, moment: { seq: 417 } });
  });

  it('reads back the address by which someone comes back, and takes it for no link', () => {
    const address = new URL(wayBackAddress('https://table.example', 'abc', 'm1ne'));

    expect(parseRoute(address.pathname, address.hash)).toMatchObject({ id: 'abc', secret: null, back: 'm1ne' });
    expect(parseRoute('/c/abc', '#back=')).toMatchObject({ secret: null, back: null });
  });

  it.each(['#s3cret&at=417', '#at=417&s3cret'])('reads a secret and a moment together in %s', (hash) => {
    expect(parseRoute('/c/abc', hash)).toMatchObject({ secret: 's3cret', moment: { seq: 417 } });
  });

  it.each(['#at=', '#at=x', '#at=-1', `#at=${'9'.repeat(16)}`])('takes %s for neither', (hash) => {
    expect(parseRoute('/c/abc', hash)).toMatchObject({ secret: null, moment: null });
  });
});
