//! What the checker knows of the value of each operation: its type where a condition has narrowed it,
//! and its extent.

use crate::expr::Type;
use crate::expr::ast::BindKind;
use crate::expr::check::{Bounds, Checker, Extent, Strictness};
use crate::expr::narrow::{Fact, Known, Path, Step, extent_at};
use crate::expr::program::{Op, OpId};

/// What is known of an operation.
#[derive(Clone)]
pub(super) struct Note {
    ty: Type,
    extent: Extent,
}

/// Of an operation that nobody has noted anything of.
const UNKNOWN: Note = Note {
    ty: Type::Dyn,
    extent: Extent::ANY,
};

impl Checker<'_> {
    /// Whether what might fail at lint time is refused.
    pub(in crate::expr) fn is_strict(&self) -> bool {
        self.scope.strictness == Strictness::Rule
    }

    pub(in crate::expr) fn op(&self, op: OpId) -> &Op {
        &self.ops[op.0 as usize]
    }

    fn noted(&self, op: OpId) -> &Note {
        self.notes.get(op.0 as usize).unwrap_or(&UNKNOWN)
    }

    /// The type of an operation that has been checked.
    pub(in crate::expr) fn type_of(&self, op: OpId) -> &Type {
        &self.noted(op).ty
    }

    /// The extent of an operation that has been checked.
    pub(in crate::expr) fn extent(&self, op: OpId) -> &Extent {
        &self.noted(op).extent
    }

    /// Whether a mistake in an operation has been reported already.
    pub(in crate::expr) fn is_wrong(&self, op: OpId) -> bool {
        self.extent(op).is_wrong
    }

    /// Takes note of an operation that has been checked; returns its type as far as conditions narrow it.
    pub(super) fn note(&mut self, op: OpId, mut ty: Type, is_wrong: bool) -> Type {
        if !self.is_strict() {
            return ty;
        }
        let is_optional = matches!(self.op(op), Op::MaybeField(..) | Op::MaybeIndex(..));
        let path = self.path(op).filter(|_| !is_optional);
        if let (Type::Dyn, Some(path)) = (&ty, &path) {
            ty = self.narrowed(path).unwrap_or(ty);
        }
        let mut extent = Extent::of(&ty)
            .meet(&self.computed(op))
            .meet(self.extent(op));
        if let Some(found) = path.and_then(|path| extent_at(&self.scope.facts, &path)) {
            extent = extent.meet(&found);
        }
        extent.is_wrong |= is_wrong;
        self.notes.resize(self.ops.len(), UNKNOWN);
        self.notes[op.0 as usize] = Note {
            ty: ty.clone(),
            extent,
        };
        ty
    }

    fn narrowed(&self, path: &Path) -> Option<Type> {
        let facts = self.scope.facts.iter();
        let mut types = facts.filter(|fact| fact.path == *path);
        types.find_map(|fact| match &fact.known {
            Known::Is(ty) => Some(ty.clone()),
            _ => None,
        })
    }

    /// Whether something is certainly there.
    pub(super) fn is_there(&self, path: &Path) -> bool {
        let mut facts = self.scope.facts.iter();
        facts.any(|fact| fact.known == Known::There && fact.path == *path)
    }

    /// Whether a map certainly has a key, or a list a place.
    pub(super) fn is_key(&self, map: OpId, key: OpId) -> bool {
        let Some(path) = self.path(map) else {
            return false;
        };
        if let Some(step) = self.step(key) {
            let inner: Path = path.iter().cloned().chain([step]).collect();
            if self.is_there(&inner) {
                return true;
            }
        }
        let Some(key) = self.path(key) else {
            return false;
        };
        let holds = Known::Holds(key);
        let mut facts = self.scope.facts.iter();
        facts.any(|fact| fact.path == path && fact.known == holds)
    }

    fn assume(&mut self, slot: usize, extent: Extent) {
        let path = vec![Step::Slot(slot)];
        self.scope.facts.push(Fact::within(path, extent));
    }

    /// Takes note of what is known in a round of a loop: of its variables, and that there is a round.
    pub(super) fn assume_round(&mut self, range: OpId, slot: usize, (is_map, pairs): (bool, bool)) {
        if !self.is_strict() {
            return;
        }
        let found = self.extent(range).clone();
        let mut element = found.of_item();
        let mut first = if is_map {
            found.of_key()
        } else {
            Extent::number(Bounds::new(0, found.size.max - 1))
        };
        element.is_wrong |= found.is_wrong;
        first.is_wrong |= found.is_wrong;
        match (is_map, pairs) {
            (_, true) => {
                self.assume(slot, first);
                self.assume(slot + 1, element);
            }
            (true, false) => self.assume(slot, first),
            (false, false) => self.assume(slot, element),
        }
        let Some(path) = self.path(range) else { return };
        if is_map || pairs {
            let known = Known::Holds(vec![Step::Slot(slot)]);
            let path = path.clone();
            self.scope.facts.push(Fact { path, known });
        }
        let some = Extent::size(Bounds::new(1, found.size.max));
        self.scope.facts.push(Fact::within(path, some));
    }

    /// Takes note of what is known of a value that gets a name.
    pub(super) fn assume_bound(&mut self, kind: BindKind, slot: usize, value: OpId) {
        if !self.is_strict() {
            return;
        }
        let found = self.extent(value).clone();
        let is_wrong = found.is_wrong;
        let mut extent = match kind {
            BindKind::Plain => found,
            BindKind::OptMap | BindKind::OptFlatMap => found.of_item(),
        };
        extent.is_wrong |= is_wrong;
        self.assume(slot, extent);
    }
}
