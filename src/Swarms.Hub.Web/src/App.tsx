import { HomePage } from './pages/HomePage';
import { JoinPage } from './pages/JoinPage';
import { RoomPage } from './pages/RoomPage';
import { useVisit } from './shared/navigation';

/** Chooses the page by its path: the start, an invite's link, or a room. */
export function App() {
  const visit = useVisit();
  const path = location.pathname;
  const room = /^\/rooms\/([^/]+)\/?$/.exec(path);
  if (room?.[1] !== undefined) return <RoomPage key={visit} roomId={decodeURIComponent(room[1])} />;

  return /^\/join\/?$/.test(path) ? <JoinPage /> : <HomePage />;
}
