import { navigate } from './navigation';
import './Brand.css';

export function Brand() {
  return (
    <a
      className="brand"
      href="/"
      onClick={event => {
        event.preventDefault();
        navigate('/');
      }}
    >
      <img src="/icon.svg" alt="" width="28" height="28" />
      Swarms.Hub
    </a>
  );
}
