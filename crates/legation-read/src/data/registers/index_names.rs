//! Which names of each register go into the index, and as what.

use super::index::{Builder, Form};
use super::{
    BodyId, CapitalId, FormerId, GroupId, MetonymId, PersonId, PlaceId, Registers, StateId, Target, TitleId,
};

/// Adds the names of all registers.
pub(super) fn add_all(registers: &Registers, builder: &mut Builder) {
    add_states(registers, builder);
    add_bodies(registers, builder);
    add_people(registers, builder);
    add_rest(registers, builder);
}

/// Adds one target's names.
fn add_names<'n>(
    builder: &mut Builder,
    target: Target,
    form: Form,
    names: impl IntoIterator<Item = &'n Box<str>>,
) {
    for name in names {
        builder.add(name, target, form);
    }
}

/// Adds demonyms, singular and plural.
fn add_demonyms(builder: &mut Builder, target: Target, demonyms: &[(Box<str>, Box<str>)]) {
    for (singular, plural) in demonyms {
        builder.add(singular, target, Form::Demonym);
        builder.add(plural, target, Form::Demonyms);
    }
}

fn add_states(registers: &Registers, builder: &mut Builder) {
    for (state, number) in registers.states.iter().zip(0..) {
        let target = Target::State(StateId(number));
        add_names(builder, target, Form::Name, [&state.name, &state.official]);
        add_names(builder, target, Form::Name, &state.names);
        for abbreviation in &state.abbreviations {
            builder.add_abbreviation(abbreviation, target);
        }
        add_names(builder, target, Form::Adjective, &state.adjectives);
        add_demonyms(builder, target, &state.demonyms);
    }
    for (former, number) in registers.former.iter().zip(0..) {
        let target = Target::Former(FormerId(number));
        builder.add(&former.name, target, Form::Name);
        add_names(builder, target, Form::Name, &former.names);
        add_names(builder, target, Form::Adjective, &former.adjectives);
        add_demonyms(builder, target, &former.demonyms);
    }
    for (capital, number) in registers.capitals.iter().zip(0..) {
        let target = Target::Capital(CapitalId(number));
        builder.add(&capital.name, target, Form::Name);
        add_names(builder, target, Form::Name, &capital.names);
    }
    for (metonym, number) in registers.metonyms.iter().zip(0..) {
        let target = Target::Metonym(MetonymId(number));
        builder.add(&metonym.name, target, Form::Name);
        add_names(builder, target, Form::Name, &metonym.names);
    }
}

fn add_bodies(registers: &Registers, builder: &mut Builder) {
    for (body, number) in registers.bodies.iter().zip(0..) {
        let target = Target::Body(BodyId(number));
        builder.add(&body.name, target, Form::Name);
        add_names(builder, target, Form::Name, &body.names);
        for abbreviation in &body.abbreviations {
            builder.add_abbreviation(abbreviation, target);
        }
    }
}

fn add_people(registers: &Registers, builder: &mut Builder) {
    for (person, number) in registers.people.iter().zip(0..) {
        let target = Target::Person(PersonId(number));
        builder.add(&person.name, target, Form::Name);
        add_names(builder, target, Form::Name, &person.names);
        add_names(builder, target, Form::Family, &person.family);
    }
}

fn add_rest(registers: &Registers, builder: &mut Builder) {
    for (group, number) in registers.groups.iter().zip(0..) {
        let target = Target::Group(GroupId(number));
        builder.add(&group.name, target, Form::Name);
        add_names(builder, target, Form::Name, &group.names);
        for abbreviation in &group.abbreviations {
            builder.add_abbreviation(abbreviation, target);
        }
        add_names(builder, target, Form::Adjective, &group.members);
    }
    for (place, number) in registers.places.iter().zip(0..) {
        let target = Target::Place(PlaceId(number));
        builder.add(&place.name, target, Form::Name);
        add_names(builder, target, Form::Name, &place.names);
    }
    for (title, number) in registers.titles.iter().zip(0..) {
        let target = Target::Title(TitleId(number));
        builder.add(&title.singular, target, Form::Singular);
        if !title.plural.is_empty() {
            builder.add(&title.plural, target, Form::Plural);
        }
    }
}
