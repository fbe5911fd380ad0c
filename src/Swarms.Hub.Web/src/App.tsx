import { lazy, Suspense, useEffect } from 'react';
import { HomePage } from './pages/HomePage';
import { JoinPage } from './pages/JoinPage';
import { ReturnPage } from './pages/ReturnPage';
import { currentPath } from './shared/base';
import { keepFocus } from './shared/keepFocus';
import { useVisit } from './shared/navigation';

const loadRoomPage = () => import('./pages/RoomPage').then(page => ({ default: page.RoomPage }));
const RoomPage = lazy(loadRoomPage);

/** Chooses the page by its path: the start, an invite's link, a return link, or a room. */
export function App() {
  const visit = useVisit();
  // A room is where everybody goes next, so its code is loaded while a person still types a name.
  useEffect(() => void loadRoomPage(), []);
  useEffect(() => keepFocus(), []);
  const path = currentPath();
  const room = /^\/rooms\/([^/]+)\/?$/.exec(path);
  if (room?.[1] !== undefined) {
    return (
      <Suspense>
        <RoomPage key={visit} roomId={decodeURIComponent(room[1])} />
      </Suspense>
    );
  }

  if (/^\/return\/?$/.test(path)) return <ReturnPage />;

  return /^\/join\/?$/.test(path) ? <JoinPage /> : <HomePage />;
}
