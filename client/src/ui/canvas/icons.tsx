// The few drawings of the canvas, as strokes in the colour of the text around them. Always beside or under words for those who
// cannot see them.

import type { VNode } from 'preact';

const PATHS = {
  add: 'M10 4v12M4 10h12',
  back: 'M12 5l-5 5 5 5',
  balance: 'M10 3.500v13M6 16.500h8M4 6.500h12M4 6.500l-2 5h4zM16 6.500l-2 5h4z',
  bin: 'M4 6h12M8 6V4h4v2M5.500 6l.8 10.500h7.400L14.500 6',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  comment: 'M3.500 4.500h13v9h-7l-3.500 3v-3h-2.500z',
  dots: 'M5 10h.01M10 10h.01M15 10h.01',
  down: 'M5 8l5 5 5-5',
  eye: 'M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 8.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  feed: 'M4 5h12M4 10h12M4 15h7',
  forward: 'M8 5l5 5-5 5',
  grip: 'M8 5h.01M12 5h.01M8 10h.01M12 10h.01M8 15h.01M12 15h.01',
  help: 'M7.500 7.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.700M10 14.500h.01',
  history: 'M4 4v4h4M4.3 8A6.5 6.5 0 1 1 3.6 11.5M10 6.5V10l2.5 2',
  large: 'M11.5 4H16v4.5M8.5 16H4v-4.5M16 4l-5 5M4 16l5-5',
  link: 'M8.500 11.500l3-3M7.500 9L5.700 10.800a2.500 2.500 0 0 0 3.500 3.500L11 12.500M9 7.500l1.800-1.800a2.500 2.500 0 0 1 3.500 3.500L12.500 11',
  list: 'M7 5h9M7 10h9M7 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  lock: 'M5.5 9h9v7h-9zM7 9V6.500a3 3 0 0 1 6 0V9',
  moon: 'M15.5 12.2A6.5 6.5 0 0 1 7.8 4.5a6.5 6.5 0 1 0 7.7 7.7z',
  offline: 'M3 3l14 14M5.5 8.5A8 8 0 0 1 8 7M10 6c2.5 0 4.7 1 6.3 2.500M7.5 11.500A5 5 0 0 1 10 10.800M10 15h.01',
  pause: 'M7.500 5v10M12.500 5v10',
  play: 'M7 4.500l8.500 5.500-8.500 5.500z',
  puzzle: 'M3.5 6h4a2.3 2.3 0 1 1 4.6 0h4v4a2.3 2.3 0 1 0 0 4.600v2.400h-12.600z',
  redo: 'M16 8H8.500a4.5 4.5 0 0 0 0 9H11M13 5l3 3-3 3',
  save: 'M10 4v9M6 9.500l4 4 4-4M4 16.500h12',
  search: 'M8.700 3.500a5.200 5.200 0 1 0 0 10.400 5.200 5.200 0 0 0 0-10.400zM12.500 12.500l4 4',
  small: 'M16 8.500h-4.500V4M4 11.500h4.500V16M11.5 8.500l5-5M8.5 11.500l-5 5',
  sun: 'M10 6.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2.500v1.500M10 16v1.500M2.5 10H4M16 10h1.500M4.7 4.700l1 1M14.3 14.300l1 1M4.7 15.300l1-1M14.3 5.700l1-1',
  unlock: 'M5.5 9h9v7h-9zM7 9V6a3 3 0 0 1 5.800-1',
  undo: 'M4 8h7.500a4.5 4.5 0 0 1 0 9H9M7 5L4 8l3 3',
  unlink:
    'M7.500 9L5.700 10.800a2.500 2.500 0 0 0 3.500 3.500L11 12.500M9 7.500l1.800-1.800a2.500 2.500 0 0 1 3.500 3.500L12.500 11M4 4l12 12',
  up: 'M5 12l5-5 5 5',
  warning: 'M10 3.500l7 12.500H3zM10 8v3.500M10 14h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly tabIndex?: number;
  readonly shortcut?: string;
}

/** A round button with a drawing; its words are its name and its tooltip. */
export function IconButton({
  icon,
  label,
  onClick,
  disabled = false,
  pressed,
  tabIndex,
  shortcut,
  ...rest
}: IconButtonProps): VNode {
  return (
    <button
      type="button"
      class={`icon-button ${rest.class ?? ''}`}
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      disabled={disabled}
      onClick={onClick}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(tabIndex === undefined ? {} : { tabIndex })}
    >
      <Icon name={icon} />
    </button>
  );
}
