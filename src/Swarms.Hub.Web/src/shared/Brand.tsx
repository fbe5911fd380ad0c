import { navigate } from './navigation';
import './Brand.css';

/** The product's name. It is the same in every language. */
export const brand = 'Swarms.Hub';

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
      {brand}
    </a>
  );
}
