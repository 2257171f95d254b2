/**
 * Shows the model check in the place of the canvas while the address asks for it. The canvas waits below as it is, out of
 * reach; asked for first, it is not even built before it is wanted.
 */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useIsCheckShown } from './address.ts';
import css from './CheckGate.module.css';

const CheckPage = lazy(() => import('./CheckPage.tsx'));

export function CheckGate({ children }: { children: ReactNode }) {
  const isCheck = useIsCheckShown();
  const [isCanvasWanted, setIsCanvasWanted] = useState(!isCheck);
  if (!isCheck && !isCanvasWanted) setIsCanvasWanted(true);
  return (
    <>
      {isCanvasWanted && (
        <div className={css.canvas} inert={isCheck}>
          {children}
        </div>
      )}
      {isCheck && (
        <Suspense fallback={null}>
          <CheckPage />
        </Suspense>
      )}
    </>
  );
}
