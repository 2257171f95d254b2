/** How components reach the stores of the editor. It must not know what any component does with them. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Design } from '../../model/document.ts';
import type { CanvasHandle } from '../canvas/handle.ts';
import type { Memory } from '../design/memory.ts';
import type { VersionsSource } from '../design/keep-versions.ts';
import type { DesignState, DesignStore } from '../design/store.ts';
import type { Files } from '../design/files.ts';
import type { Run } from '../run/run.ts';
import type { ThemeStore } from '../theme/theme.ts';
import type { Speech } from './speech.ts';
import type { ViewState, ViewStore } from './view.ts';

export interface Services {
  readonly design: DesignStore;
  readonly view: ViewStore;
  readonly run: Run;
  readonly files: Files;
  readonly memory: Memory;
  readonly versions: VersionsSource;
  readonly speech: Speech;
  readonly canvas: CanvasHandle;
  readonly theme: ThemeStore;
}

const ServicesContext = createContext<Services | null>(null);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('There is no ServicesProvider above this component.');
  return services;
}

export function useDesignStore(): DesignStore {
  return useServices().design;
}

export function useViewStore(): ViewStore {
  return useServices().view;
}

export function useDesignState<T>(select: (state: DesignState) => T): T {
  return useStore(useDesignStore(), select);
}

export function useDesign<T>(select: (design: Design) => T): T {
  return useDesignState((state) => select(state.design));
}

/** `select` must give a primitive, or the same object for the same state. */
export function useView<T>(select: (view: ViewState) => T): T {
  return useStore(useViewStore(), select);
}
