// Sending a form: once at a time, with what went wrong kept for the screen.

import { useState } from 'preact/hooks';

export interface Submit {
  readonly busy: boolean;
  readonly failure: unknown;
  run(): void;
}

/** Run `act` when asked; `failure` is null until it throws. */
export function useSubmit(act: () => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  async function attempt(): Promise<void> {
    setBusy(true);
    setFailure(null);
    await act().catch(setFailure);
    setBusy(false);
  }
  return { busy, failure, run: () => void (busy || attempt()) };
}
