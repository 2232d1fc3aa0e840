//! Who and what there is: states, bodies, persons and their offices, groups, places, and the lexicon of titles.
//!
//! I have some words of a report. Whom can they mean? [`Registers::index`] finds, from a word on, the longest names
//! that begin there and returns [`Candidate`]s: what is named ([`Target`]), and by which kind of name ([`Form`]).
//!
//! ```
//! use legation_read::data::Data;
//! use legation_read::data::registers::{Form, Target};
//! let files: Vec<_> = Data::shipped_files().collect();
//! let data = Data::load(&files).unwrap();
//! let registers = &data.registers;
//! let words = registers.index.scan("the U.S. and South Korean envoys");
//! let found = registers.index.longest(&words, 1).unwrap();
//! assert_eq!(found.end, "the U.S.".len());
//! assert!(found.candidates().any(|candidate| match candidate.target {
//!     Target::State(id) => &*registers[id].key == "USA" && candidate.form == Form::Abbreviation,
//!     _ => false,
//! }));
//! ```
//!
//! I know whom they mean. What was their office that day, and who held the other one? [`Registers::offices_on`],
//! [`Registers::holders`], [`Registers::leader`], [`Registers::member_on`]. Ids index the registers: `registers[id]`.

mod bodies;
mod groups;
mod index;
mod index_names;
mod links;
mod people;
mod period;
mod places;
mod states;
pub(crate) mod table;
mod titles;
mod topics;

use std::ops::{Index, Range};

use jiff::civil::Date;

pub use bodies::{Body, Membership};
pub use groups::{Group, GroupKind};
pub use index::{Candidate, Form, Match, NameIndex, Shape, Word};
pub use people::{Office, Person, Role};
pub use period::{Held, PartialDate, Period};
pub use places::{Place, PlaceKind};
pub use states::{Capital, FormerName, Metonym, State, StateKind};
pub use titles::{Title, TitleKind};
pub use topics::{Topic, Topics};

use crate::data::gazetteer::{Gazetteer, TownId};
use crate::data::{DataError, DataFile};
use links::Links;
use table::Faults;

/// Declares an id: the number of a row in one register.
macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident -> $row:ident in $field:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub u32);

        impl $id {
            /// Position in its register.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl Index<$id> for Registers {
            type Output = $row;

            fn index(&self, id: $id) -> &$row {
                &self.$field[id.index()]
            }
        }
    )*};
}

ids! {
    /// Number of a state.
    StateId -> State in states;
    /// Number of a former name.
    FormerId -> FormerName in former;
    /// Number of a capital.
    CapitalId -> Capital in capitals;
    /// Number of a metonym.
    MetonymId -> Metonym in metonyms;
    /// Number of a body.
    BodyId -> Body in bodies;
    /// Number of a role.
    RoleId -> Role in roles;
    /// Number of a person.
    PersonId -> Person in people;
    /// Number of a group, outlet or company.
    GroupId -> Group in groups;
    /// Number of a place.
    PlaceId -> Place in places;
    /// Number of a title.
    TitleId -> Title in titles;
}

/// A state or a body: whoever has offices, members and metonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A state.
    State(StateId),
    /// A body.
    Body(BodyId),
}

/// What a name can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A state.
    State(StateId),
    /// A state, by a name it bore for a time.
    Former(FormerId),
    /// A capital, which may stand for the government.
    Capital(CapitalId),
    /// A government or part of one, by metonymy.
    Metonym(MetonymId),
    /// A body.
    Body(BodyId),
    /// A person.
    Person(PersonId),
    /// A group, outlet or company.
    Group(GroupId),
    /// A place.
    Place(PlaceId),
    /// A place of the gazetteer.
    Town(TownId),
    /// A title, agent noun or institution.
    Title(TitleId),
}

/// All registers, validated, linked and indexed.
#[derive(Debug, Default)]
pub struct Registers {
    /// Sorted by key.
    pub states: Vec<State>,
    /// Sorted by state and name.
    pub former: Vec<FormerName>,
    /// Sorted by state and name.
    pub capitals: Vec<Capital>,
    /// Sorted by owner and name.
    pub metonyms: Vec<Metonym>,
    /// Sorted by key.
    pub bodies: Vec<Body>,
    /// Sorted by body.
    pub memberships: Vec<Membership>,
    /// Sorted by key.
    pub roles: Vec<Role>,
    /// Sorted by key.
    pub people: Vec<Person>,
    /// Sorted by person.
    pub offices: Vec<Office>,
    /// Sorted by key.
    pub groups: Vec<Group>,
    /// Sorted by key.
    pub places: Vec<Place>,
    /// Sorted by singular.
    pub titles: Vec<Title>,
    /// What is talked about.
    pub topics: Topics,
    /// Names -> what they can mean.
    pub index: NameIndex,
    /// Towns and parts of states, by name.
    pub gazetteer: Gazetteer,
    /// Where each person's offices stand in `offices`.
    offices_by_person: Vec<Range<usize>>,
    /// Offices sorted by owner and role, for the question who held one.
    offices_by_owner: Vec<u32>,
}

impl Registers {
    /// Reads, links, validates and indexes the registers; of two files with the same path the later lies over the earlier.
    ///
    /// # Errors
    /// Every fault found, by file and line.
    pub fn load(files: &[DataFile]) -> Result<Registers, Vec<DataError>> {
        let mut faults = Faults::default();
        let mut links = Links::read(files, &mut faults);
        let roles = people::read_roles(files, &mut links, &mut faults);
        let states = states::read_states(files, &mut links, &mut faults);
        let bodies = bodies::read_bodies(files, &mut links, &mut faults);
        let people = people::read_people(files, &mut links, &mut faults);
        let mut registers = Registers {
            former: states::read_former(files, &links, &mut faults),
            capitals: states::read_capitals(files, &links, &mut faults),
            metonyms: states::read_metonyms(files, &links, &mut faults),
            memberships: bodies::read_members(files, &links, &mut faults),
            offices: people::read_offices(files, &roles, &links, &mut faults),
            groups: groups::read_groups(files, &links, &mut faults),
            places: places::read_places(files, &links, &mut faults),
            titles: titles::read_titles(files, &links, &mut faults),
            topics: topics::read_topics(files, &links, &mut faults),
            states,
            bodies,
            roles,
            people,
            ..Registers::default()
        };
        check_paths(files, &mut faults);
        let mut faults = faults.into_sorted();
        registers.gazetteer = Gazetteer::load(files, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        registers.arrange_offices();
        registers.index = NameIndex::build(&registers);
        Ok(registers)
    }

    /// The state of this key (ISO 3166-1 alpha-3).
    #[must_use]
    pub fn state(&self, key: &str) -> Option<StateId> {
        find(&self.states, key, |state| &state.key).map(StateId)
    }

    /// The body of this key.
    #[must_use]
    pub fn body(&self, key: &str) -> Option<BodyId> {
        find(&self.bodies, key, |body| &body.key).map(BodyId)
    }

    /// The person of this key: `CHN/wang-yi`.
    #[must_use]
    pub fn person(&self, key: &str) -> Option<PersonId> {
        find(&self.people, key, |person| &person.key).map(PersonId)
    }

    /// The group, outlet or company of this key: `PSE/hamas`.
    #[must_use]
    pub fn group(&self, key: &str) -> Option<GroupId> {
        find(&self.groups, key, |group| &group.key).map(GroupId)
    }

    /// The role of this key: `foreign-minister`.
    #[must_use]
    pub fn role(&self, key: &str) -> Option<RoleId> {
        find(&self.roles, key, |role| &role.key).map(RoleId)
    }

    /// All offices of a person, by role and date.
    #[must_use]
    pub fn offices_of(&self, person: PersonId) -> &[Office] {
        self.offices_by_person.get(person.index()).map_or(&[], |range| &self.offices[range.clone()])
    }

    /// The offices that a person held, or possibly held, on a day.
    pub fn offices_on(&self, person: PersonId, day: Date) -> impl Iterator<Item = (&Office, Held)> {
        self.offices_of(person)
            .iter()
            .map(move |office| (office, office.period.on(day)))
            .filter(|(_, held)| *held > Held::No)
    }

    /// Everybody who ever held an office with this role of a state or body.
    pub fn offices_at(&self, of: Owner, role: RoleId) -> impl Iterator<Item = &Office> {
        let key = |number: &u32| {
            let office = &self.offices[*number as usize];
            (office.of, office.role)
        };
        let start = self.offices_by_owner.partition_point(|number| key(number) < (of, role));
        self.offices_by_owner[start..]
            .iter()
            .take_while(move |number| key(number) == (of, role))
            .map(|number| &self.offices[*number as usize])
    }

    /// Everybody who ever held an office of a state or body.
    pub fn offices_in(&self, of: Owner) -> impl Iterator<Item = &Office> {
        let owner = |number: &u32| self.offices[*number as usize].of;
        let start = self.offices_by_owner.partition_point(|number| owner(number) < of);
        self.offices_by_owner[start..]
            .iter()
            .take_while(move |number| owner(number) == of)
            .map(|number| &self.offices[*number as usize])
    }

    /// Who held, or possibly held, an office with this role of a state or body on a day.
    pub fn holders(&self, of: Owner, role: RoleId, day: Date) -> impl Iterator<Item = (&Office, Held)> {
        self.offices_at(of, role)
            .map(move |office| (office, office.period.on(day)))
            .filter(|(_, held)| *held > Held::No)
    }

    /// The one person called the leader of a state on a day; `None` where the state has no such office, where nobody
    /// is known to have held it, or where more than one person may have.
    #[must_use]
    pub fn leader(&self, state: StateId, day: Date) -> Option<PersonId> {
        let role = match self[state].led_before {
            Some((role, until)) if day < until => role,
            _ => self[state].leader?,
        };
        let mut sure = self.holders(Owner::State(state), role, day).filter(|(_, held)| *held == Held::Yes);
        let (office, _) = sure.next()?;
        if sure.any(|(other, _)| other.person != office.person) { None } else { Some(office.person) }
    }

    /// Whether a state or body was a full member of a body on a day.
    #[must_use]
    pub fn member_on(&self, body: BodyId, member: Owner, day: Date) -> Held {
        self.memberships_in(body)
            .iter()
            .filter(|membership| membership.member == member && membership.full)
            .map(|membership| membership.period.on(day))
            .max()
            .unwrap_or(Held::No)
    }

    /// The short name under which a body acts: for organs and missions that of the body they belong to.
    #[must_use]
    pub fn code_of(&self, body: BodyId) -> &str {
        let mut at = body;
        // Organs of organs are no more than a few deep.
        for _ in 0..4 {
            match (&*self[at].kind, self[at].parent) {
                ("organ" | "mission", Some(parent)) => at = parent,
                _ => break,
            }
        }
        &self[at].key
    }

    /// All memberships in a body, of any kind and time.
    #[must_use]
    pub fn memberships_in(&self, body: BodyId) -> &[Membership] {
        let start = self.memberships.partition_point(|membership| membership.body < body);
        let end = self.memberships.partition_point(|membership| membership.body <= body);
        &self.memberships[start..end]
    }

    /// Sorts what the lookups by person and by owner need.
    fn arrange_offices(&mut self) {
        let mut from = 0;
        for number in 0..self.people.len() {
            let mut to = from;
            while self.offices.get(to).is_some_and(|office| office.person.index() == number) {
                to += 1;
            }
            self.offices_by_person.push(from..to);
            from = to;
        }
        self.offices_by_owner = (0..).take(self.offices.len()).collect();
        let offices = &self.offices;
        self.offices_by_owner.sort_by_key(|number| {
            let office = &offices[*number as usize];
            (office.of, office.role, office.period.from, *number)
        });
    }
}

/// Files below `registers/` that no register would read are mistakes.
fn check_paths(files: &[DataFile], faults: &mut Faults) {
    let known = [
        links::SECTORS.path,
        links::SOURCES.path,
        bodies::BODIES.path,
        bodies::MEMBERS.path,
        groups::GROUPS.path,
        people::OFFICES.path,
        people::PEOPLE.path,
        people::ROLES.path,
        places::PLACES.path,
        states::CAPITALS.path,
        states::FORMER.path,
        states::METONYMS.path,
        states::STATES.path,
        topics::TOPICS.path,
    ];
    for file in files.iter().filter(|file| file.path.starts_with("registers/")) {
        if !known.contains(&&*file.path) {
            faults.add(
                &file.path,
                0,
                "no register is read from this file",
                format!("there are: {}", known.join(" ")),
            );
        }
    }
}

/// Position of the row of this key in a register sorted by key.
fn find<T>(rows: &[T], key: &str, key_of: impl Fn(&T) -> &str) -> Option<u32> {
    let found = rows.binary_search_by(|row| key_of(row).cmp(key)).ok()?;
    u32::try_from(found).ok()
}

#[cfg(test)]
mod tests;
