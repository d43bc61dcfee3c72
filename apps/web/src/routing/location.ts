// The address of the page: read, changed and watched. Links are plain anchors; one listener turns those that stay on
// our pages into navigation without a reload.
import { useEffect, useState } from 'preact/hooks';

const changed = 'onsale:navigate';

export type PageAddress = { readonly path: string; readonly query: URLSearchParams };

export const currentAddress = (): PageAddress => readAddress();

export function useAddress(): PageAddress {
  const [address, setAddress] = useState(readAddress);
  useEffect(() => {
    const update = () => setAddress(readAddress());
    addEventListener('popstate', update);
    addEventListener(changed, update);
    return () => {
      removeEventListener('popstate', update);
      removeEventListener(changed, update);
    };
  }, []);
  return address;
}

/** Goes to another page of ours. `replace` leaves no entry behind, for pages nobody should come back to. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  dispatchEvent(new Event(changed));
}

export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !plain || event.defaultPrevented || !staysHere(link)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

function staysHere(link: HTMLAnchorElement): boolean {
  const elsewhere = link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin;
  return !elsewhere && !/^\/(api|docs|openapi\.json|live)(\/|$)/.test(link.pathname) && link.hash === '';
}

let rendered: PageAddress | null = null;

/** On the page server there is no address bar: it says which page it renders. */
export function renderAt(address: PageAddress): void {
  rendered = address;
}

const readAddress = (): PageAddress =>
  rendered ?? { path: location.pathname, query: new URLSearchParams(location.search) };
