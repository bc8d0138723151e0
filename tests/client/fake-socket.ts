// A WebSocket that goes nowhere: what a client sends is kept, and a test says what comes in.

export class FakeSocket {
  static readonly opened: FakeSocket[] = [];
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  readonly sent: Uint8Array[] = [];
  readyState = FakeSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.opened.push(this);
  }

  static last(): FakeSocket {
    const last = FakeSocket.opened.at(-1);
    if (!last) throw new Error('no socket was opened');
    return last;
  }

  hear(frame: Uint8Array): void {
    this.onmessage?.({ data: new Uint8Array(frame).buffer });
  }

  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }
}
