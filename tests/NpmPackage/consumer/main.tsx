import { createRoot } from 'react-dom/client';
import { StoryRoom } from './StoryRoom.js';

const [roomId = '', token = ''] = location.hash.slice(1).split('/');
createRoot(document.body).render(<StoryRoom roomId={roomId} token={token} />);
