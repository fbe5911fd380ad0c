import type { Room } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { rightsIn, roles } from './rights';
import './RightsTable.css';

/** What each role may do in the room as it is set now. */
export function RightsTable({ room }: { room: Room | undefined }) {
  const { t } = useLanguage();
  return (
    <table className="rights">
      <caption className="sr-only">{t('rights.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rights.act')}</th>
          {roles.map(role => (
            <th key={role} scope="col">
              {t(`people.role.${role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rightsIn(room).map(({ act, rights }) => (
          <tr key={act}>
            <th scope="row">{t(`rights.${act}`)}</th>
            {rights.map((right, i) => (
              <td key={roles[i]} data-right={right}>
                {t(`rights.${right}`)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
