// A textarea on a shared text (client/src/ui/canvas/text-binding.ts).

import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import type { CaseDocument } from '../../../../client/src/document';
import { mapIndex, TextBinding } from '../../../../client/src/ui/canvas/text-binding';
import { connect, documentOf } from '../../documents';

let anna: CaseDocument;
let bo: CaseDocument;
let field: HTMLTextAreaElement;
let shared: Y.Text;

beforeEach(() => {
  [anna, bo] = [documentOf('anna'), documentOf('bo')];
  connect(anna, bo);
  shared = anna.statementText('impact');
  anna.edit.setText(shared, 'warm dorp');
  field = document.createElement('textarea');
  document.body.replaceChildren(field);
  new TextBinding(field, shared, {
    onEdits: (edits) => anna.edit.editText(shared, edits),
    onValue: () => undefined,
  });
});

function type(value: string, caret = value.length): void {
  field.value = value;
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new Event('input'));
}

function boWrites(value: string): void {
  bo.edit.setText(bo.statementText('impact'), value);
}

describe('TextBinding', () => {
  it('sends what I type as the smallest edit, so that both ways meet', () => {
    boWrites('een warm dorp');
    type('een warm en groen dorp');

    expect(bo.statements.impact.value).toBe('een warm en groen dorp');
  });

  it('keeps my caret with its letters when others type before it', () => {
    field.setSelectionRange(4, 4);

    boWrites('heel warm dorp');

    expect(field.value).toBe('heel warm dorp');
    expect(field.selectionStart).toBe(9);
  });

  it('keeps my caret still when others type behind it', () => {
    field.setSelectionRange(4, 4);

    boWrites('warm dorpje');

    expect(field.selectionStart).toBe(4);
  });

  it('holds the words of others back while I compose, and sends mine at once', () => {
    field.dispatchEvent(new Event('compositionstart'));
    boWrites('heel warm dorp');
    expect(field.value).toBe('warm dorp');

    type('warm dorpに');
    expect(bo.statements.impact.value).toBe('heel warm dorpに');

    field.dispatchEvent(new Event('compositionend'));
    expect(field.value).toBe('heel warm dorpに');
    expect(field.selectionStart).toBe('heel warm dorpに'.length);
  });
});

describe('mapIndex', () => {
  it.each([
    [3, [{ insert: 'ab' }], 5],
    [3, [{ retain: 3 }, { insert: 'ab' }], 3],
    [3, [{ delete: 2 }], 1],
    [3, [{ retain: 1 }, { delete: 5 }], 1],
    [0, [{ insert: 'ab' }], 0],
  ])('moves caret %i through %j to %i', (index, delta, moved) => {
    expect(mapIndex(index, delta)).toBe(moved);
  });
});
