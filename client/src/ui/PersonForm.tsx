// A form that ends in being someone in a case: asks who you are beside whatever else it asks, says what is
// missing, and sends once. Starting, joining, importing and copying are this form with other words.

import type { ComponentChildren, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Person } from '../api';
import { Button } from './Button';
import type { Pickable } from './PartnerPicker';
import { freshDraft, personOf, problemsOf, type PersonDraft, type PersonProblems } from './person-draft';
import { PersonFields } from './PersonFields';
import { Problem } from './Problem';
import { useSubmit } from './use-submit';

interface Props {
  readonly partners?: readonly Pickable[];
  readonly submit: string;
  readonly busy: string;
  readonly initial?: Partial<PersonDraft>;
  readonly autoFocus?: boolean;
  /** Questions before and words after those about the person. */
  readonly before?: ComponentChildren;
  readonly after?: ComponentChildren;
  /** What to say below a refusal. */
  readonly onFailure?: ComponentChildren;
  /** Whether the questions of `before` are answered; asked at each attempt. */
  readonly ready?: () => boolean;
  readonly onSubmit: (person: Person) => Promise<void>;
}

const nobody: readonly Pickable[] = [];

export function PersonForm(props: Props): VNode {
  const { partners = nobody, before, after, autoFocus = false, ready = () => true } = props;
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<PersonDraft>(() => ({ ...freshDraft(), ...props.initial }));
  const [problems, setProblems] = useState<PersonProblems>({});
  const sending = useSubmit(() => props.onSubmit(personOf(draft)));

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const missing = problemsOf(draft, partners.length > 0);
    setProblems(missing);
    const complete = ready() && Object.keys(missing).length === 0;
    if (complete) sending.run();
    else requestAnimationFrame(() => focusFirstProblem(form.current));
  }

  return (
    <form ref={form} class="form" noValidate onSubmit={submit}>
      {before}
      <PersonFields {...{ partners, draft, problems, autoFocus }} onChange={setDraft} />
      {after}
      <Problem error={sending.failure}>{props.onFailure}</Problem>
      <div class="form-act">
        <Button type="submit" kind="primary" busy={sending.busy ? props.busy : null}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}

/** Bring the first answer that is missing under the hand, and the words about it into sight. */
function focusFirstProblem(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  form?.querySelector('.field-problem')?.scrollIntoView({ block: 'center' });
}
