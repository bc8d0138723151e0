// The present time for "5 minutes ago", renewed twice a minute while it is on the screen.

import { useEffect, useState } from 'preact/hooks';

const renewalMs = 30_000;

export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), renewalMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
