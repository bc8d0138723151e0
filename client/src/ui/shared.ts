// What every page shares, in one file of the build instead of a dozen small ones, which load slower and compress worse.
//
// The bundler cuts what is shared along who shares it; each part that is loaded on demand imports this file, or `cases.ts`, so
// that it counts as sharing all of it. Every name here is needed for the first picture of a case: what is not, stays out.

import '../connection';
import '../domain';
import '../i18n/listing';
import '../ids';
import '../marks';
import '../router';
import '../theme';
import './Deferred';
import './Failure';
import './Logo';
import './Toast';
import './canvas/icons';
import './problem-text';
