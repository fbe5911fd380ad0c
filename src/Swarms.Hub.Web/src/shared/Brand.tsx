import { addressOf } from './base';
import { Link } from './Link';
import './Brand.css';

/** The product's name. It is the same in every language. */
export const brand = 'Swarms.Hub';

export function Brand() {
  return (
    <Link className="brand" to="/">
      <img src={addressOf('/icon.svg')} alt="" width="28" height="28" />
      {brand}
    </Link>
  );
}
