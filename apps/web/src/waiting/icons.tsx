// Signs beside words of the waiting pages: decoration, never the only bearer of a meaning.
import type { ComponentChildren } from 'preact';

const Icon = ({ children }: { children: ComponentChildren }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    {children}
  </svg>
);

export const ShieldIcon = () => (
  <Icon>
    <path d="M10 1.8 17 4.4v5c0 4.3-2.9 7.4-7 8.8-4.1-1.4-7-4.5-7-8.8v-5z" />
    <path d="m6.8 10 2.3 2.3 4.2-4.5" />
  </Icon>
);

export const ChooseIcon = () => (
  <Icon>
    <path d="M2.5 5.5h15v3a1.9 1.9 0 0 0 0 3.4v2.6h-15v-2.6a1.9 1.9 0 0 0 0-3.4z" />
    <path d="m7.2 10.1 2 2 3.6-4" />
  </Icon>
);

export const BellIcon = () => (
  <Icon>
    <path d="M4 14.5c1.2-1.4 1.5-2.8 1.5-5.2a4.5 4.5 0 0 1 9 0c0 2.4.3 3.8 1.5 5.2z" />
    <path d="M8.4 17.2a2 2 0 0 0 3.2 0" />
  </Icon>
);

export const ClockIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.5" />
    <path d="M10 5.6V10l3 2" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <rect x="5.2" y="1.8" width="9.6" height="16.4" rx="2.2" />
    <path d="M8.8 15.4h2.4" />
  </Icon>
);

export const DoorIcon = () => (
  <Icon>
    <path d="M8.5 2.5h-4v15h4M8.5 10h8.5m-3.3-3.4L17 10l-3.3 3.4" />
  </Icon>
);
